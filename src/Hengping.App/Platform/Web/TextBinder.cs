using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Hengping.App.Platform;

/// <summary>
/// A field of a page that is declared <c>string</c> and not <c>string?</c> is never null: what was left empty, or was
/// not sent at all, is an empty text, and so is each of several. The framework's own binder makes null of both.
/// </summary>
public sealed class TextBinder : IModelBinder, IModelBinderProvider
{
    /// <inheritdoc/>
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(string)
        && (context.Metadata.IsRequired || context.Metadata.MetadataKind is ModelMetadataKind.Type)
            ? this
            : null;

    /// <inheritdoc/>
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var sent = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        // What a property begins with stays where nothing is sent, and a list ends there.
        var isAsked = bindingContext.ModelMetadata.MetadataKind is ModelMetadataKind.Parameter;
        if (sent == ValueProviderResult.None && !isAsked)
            return Task.CompletedTask;
        bindingContext.ModelState.SetModelValue(bindingContext.ModelName, sent);
        bindingContext.Result = ModelBindingResult.Success(sent.FirstValue ?? "");
        return Task.CompletedTask;
    }
}
