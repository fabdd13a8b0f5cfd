using Hengping.App.Accounts;
using Hengping.App.Design.Parts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Microsoft.AspNetCore.Mvc;
using Codes = Hengping.App.Accounts.SignIn;

namespace Hengping.App.Intake;

// Who is not signed in proves a phone on the way.
public sealed partial class FilePage
{
    // Enter asks for the code, or says it, where somebody has to sign in; else it goes on.
    private Task<IActionResult> OnEnter(string? code) =>
        Me is not null || string.IsNullOrWhiteSpace(Form.SignInPhone) ? Next()
        : !CodeSent ? SendCode()
        : string.IsNullOrWhiteSpace(code) ? Next()
        : EnterCode(code);

    private async Task<IActionResult> SendCode()
    {
        var refusal = await Codes.SendCode(
            Store,
            Form.SignInPhone ?? "",
            CallerAddress,
            Ct,
            KnownDevice.Of(HttpContext)
        );
        CodeSent = refusal is null || CodeLimits.MayHaveOne(refusal);
        if (CodeSent)
            AtField = FaultIds.Field("code");
        if (refusal is null)
            return Page();
        Fault(CodeSent ? "code" : "phone", refusal);
        return Again();
    }

    private async Task<IActionResult> EnterCode(string? code) => await IsEntered(code) ? Page() : Again();

    private async Task<bool> IsEntered(string? code)
    {
        var (caller, refusal) = await Codes.WithCode(
            Store,
            Role.Claimant,
            Form.SignInPhone ?? "",
            CallerAddress,
            code ?? "",
            Form.ContactName,
            Ct,
            KnownDevice.Of(HttpContext)
        );
        if (caller is null)
        {
            CodeSent = true;
            Fault("code", refusal ?? Codes.WrongCode);
            return false;
        }
        await Sessions.SignIn(HttpContext, caller);
        await Prefill();
        return true;
    }
}
