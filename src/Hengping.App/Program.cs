using System.CommandLine;

var root = new RootCommand("衡平 Hengping: online dispute resolution and product-quality governance");
return await root.Parse(args).InvokeAsync();
