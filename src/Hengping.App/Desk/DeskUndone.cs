using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Microsoft.Extensions.Primitives;

namespace Hengping.App.Desk;

/// <summary>What was decided about several cases and taken back comes back in its form, the cases ticked.</summary>
public sealed partial class DeskPage
{
    private sealed record UndoneRow(string Number, string Verb, long SendAt);

    // By any of them: they were one act, to go out at one instant.
    private async Task ReadUndone(Guid one)
    {
        var rows = await Store.Query<UndoneRow>(
            """
            select c.number as Number, d.verb as Verb, d.send_at as SendAt
            from desk_decisions d join complaints c on c.id = d.complaint
            where d.account = @account and d.state = 'undone'
              and d.send_at = (select send_at from desk_decisions where id = @one)
            """,
            new { account = Me!.Account, one },
            Ct
        );
        // A delivery has no form: nothing stays ticked that nobody is about to decide.
        if (rows.Count == 0 || await undone.Read(one, Ct) is not { Verb: not Verb.Deliver } taken)
            return;
        var verb = Words.Of(taken.Verb);
        var fields = taken.Typed.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        fields["pick"] = new StringValues([.. rows.Where(row => row.Verb == verb).Select(row => row.Number)]);
        fields["returnNote"] = fields["declineNote"] = fields["note"];
        back = new FormCollection(fields);
    }
}
