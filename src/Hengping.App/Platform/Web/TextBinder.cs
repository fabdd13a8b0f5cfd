using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Hengping.App.Platform;

/// <summary>
/// A field of a page that is declared <c>string</c> and not <c>string?</c> is never null: what was left empty, or was
/// not sent at all, is an empty text. The framework's own binder makes null of both.
/// </summary>
public sealed class TextBinder : IModelBinder, IModelBinderProvider
{
    /// <inheritdoc/>
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata is { IsRequired: true } field && field.ModelType == typeof(string) ? this : null;

    /// <inheritdoc/>
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var sent = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        // What a property begins with stays where nothing is sent.
        if (sent == ValueProviderResult.None && bindingContext.ModelMetadata.MetadataKind is ModelMetadataKind.Property)
            return Task.CompletedTask;
        bindingContext.ModelState.SetModelValue(bindingContext.ModelName, sent);
        bindingContext.Result = ModelBindingResult.Success(sent.FirstValue ?? "");
        return Task.CompletedTask;
    }
}
