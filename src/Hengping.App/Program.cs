using System.CommandLine;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Bench;
using Hengping.App.Calc;
using Hengping.App.Importing;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Ratings;

var root = new RootCommand("衡平 Hengping: online dispute resolution and product-quality governance for e-commerce")
{
    Cli.Data,
    Cli.Db,
    Cli.Keys,
    Cli.NewKeys,
    Cli.Json,
    ServeCommand.Create(),
    TokenCommand.Create(),
    StaffCommand.Create(),
    BenchCommand.Create(),
    Erasure.Create(),
    MerchantCommand.Create(),
    ImportCommand.Create(),
    RatingsCommands.CreateRate(),
    RatingsCommands.CreatePublish(),
    ExportCommand.Create(),
    VerifyCommand.Create(),
    CalcCommand.Create(),
    RebuildCommand.Create(),
    DigestCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    KeysCommand.Create(),
};
return await Cli.Run(root, args);
