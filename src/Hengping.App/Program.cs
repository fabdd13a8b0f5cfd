using System.CommandLine;
using Hengping.App.Platform;

var root = new RootCommand("衡平 Hengping: online dispute resolution and product-quality governance for e-commerce")
{
    Cli.Data,
    Cli.Db,
    Cli.Keys,
    Cli.Json,
};
return await Cli.Run(root, args);
