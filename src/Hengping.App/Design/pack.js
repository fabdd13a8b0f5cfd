// What was bundled, as small as it gets: packed once here, and not by each program that serves it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const lib = new URL("../wwwroot/lib/", import.meta.url);
for (const name of readdirSync(lib).filter((one) => /\.(css|js)$/.test(one))) {
  const plain = readFileSync(new URL(name, lib));
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  writeFileSync(new URL(`${name}.br`, lib), brotliCompressSync(plain, { params }));
}
