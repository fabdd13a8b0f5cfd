using Hengping.App;
using Hengping.App.Platform;

var root = Rooms.House.Commands();
root.Add(ServeCommand.Create());
return await Cli.Run(root, args);
