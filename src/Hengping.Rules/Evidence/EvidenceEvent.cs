namespace Hengping.Rules.Evidence;

/// <summary>What can happen to a piece of evidence.</summary>
public abstract record EvidenceEvent
{
    private EvidenceEvent() { }

    /// <summary>上传.</summary>
    /// <param name="Uploader">Account that sent it.</param>
    /// <param name="Sha256">Of the content, hex.</param>
    /// <param name="File">SHA-256 of what lies on disk (sealed), hex: its name there.</param>
    public sealed record Uploaded(Guid Uploader, string MediaType, long Bytes, string Sha256, string File)
        : EvidenceEvent
    {
        /// <summary>The name it was sent under.</summary>
        [Secret]
        public string? Name { get; init; }

        /// <summary>
        /// What it carries beside its content (place, device, author) cannot be taken off, so nobody but its uploader
        /// and staff is shown it. Null in events from before this was looked at.
        /// </summary>
        public bool? Held { get; init; }
    }

    /// <summary>清理: in no case within its time; its content and its key are gone.</summary>
    public sealed record Dropped : EvidenceEvent;
}
