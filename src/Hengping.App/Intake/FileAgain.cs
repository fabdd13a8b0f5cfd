using System.Globalization;
using System.Text.Json;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Hengping.App.Intake;

// Shown again: in the other language, after signing in, or because its token was no longer good.
public sealed partial class FilePage
{
    /// <summary>Says in the form that a code is on its way: it can be entered until it was.</summary>
    public const string CodeIsSent = "codeSent";

    /// <inheritdoc/>
    public override int? AtStep => Step;

    /// <summary>Files that came with an earlier step are kept, and go on with the form.</summary>
    public override IEnumerable<TypedField> AlsoTyped =>
        Form.Evidence.Select(id => new TypedField(nameof(FileForm.Evidence), id.ToString("D")));

    // Where the receipt of this form is, when it was filed already.
    private async Task<string?> FiledBefore() =>
        Me is { } me && Idempotency.IsKey(Key) && await Store.Answered(me.Account.ToString("D"), Key, Ct) is { } first
            ? ReceiptOf(JsonSerializer.Deserialize<JsonElement>(first.Answer))
            : null;

    private static string ReceiptOf(JsonElement answer) => "/file/done/" + answer.GetProperty("number").GetString();

    // At the step it stood at, with what was typed in all of them; nothing is done that was not done before.
    private async Task<IActionResult> AsTyped(TypedForm before)
    {
        var form = before.Take();
        var typed = new FormValueProvider(BindingSource.Form, form, CultureInfo.CurrentCulture);
        await TryUpdateModelAsync(Form, "", typed, _ => true);
        Form.Evidence = [.. Form.Evidence.Distinct()];
        var at = int.TryParse(form[ShownPage.Step], CultureInfo.InvariantCulture, out var sent) ? sent : 1;
        Step = Math.Clamp(before.Shown.At ?? at, 1, Steps);
        Key = form["key"].ToString() is { Length: > 0 } key ? key : Key;
        Form.Reviewed |= Step == Steps;
        CodeSent =
            Me is null
            && (before.Shown.Page?.Contains("id=\"f-code\"", StringComparison.Ordinal) ?? form.ContainsKey(CodeIsSent));
        if (before.Shown.Status == StatusCodes.Status400BadRequest)
            Check();
        await Suggest();
        await Prefill();
        return Page();
    }
}
