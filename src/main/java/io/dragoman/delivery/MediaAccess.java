// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.InlineMedia;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Events;
import io.dragoman.store.MediaRows;
import io.dragoman.store.Store;
import io.dragoman.work.CallLimits;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fetches media and makes links to what was fetched. */
public final class MediaAccess {
    private final Store store;
    private final Transport transport;
    private final Function<String, String> link;
    private final RawBodies bodies;
    private final AgentFiles files;
    private final CallLimits calls;
    private final long largest;

    /**
     * @param link from a media item's id to a signed link that works for a time
     * @param files how what agents name is fetched
     * @param largest in bytes, of what is fetched
     */
    public MediaAccess(
            Store store,
            Transport transport,
            Function<String, String> link,
            RawBodies bodies,
            AgentFiles files,
            CallLimits calls,
            long largest) {
        this.store = store;
        this.transport = transport;
        this.link = link;
        this.bodies = bodies;
        this.files = files;
        this.calls = calls;
        this.largest = largest;
    }

    /** Reads a large raw body back from its file. */
    @FunctionalInterface
    public interface RawBodies {
        byte[] read(String file) throws java.io.IOException;
    }

    /**
     * Fetches one media item: with the channel's credentials what a customer sent, with those of the desk what stands on
     * its server or came with its agent's message, without any what else an agent named.
     */
    Outcome fetch(ConfiguredAccount channel, String id) {
        MediaRows.Row row = store.read(tx -> tx.media().find(id)).orElseThrow();
        if (row.state() != MediaRows.State.PENDING) {
            return new Outcome.Sent(null);
        }
        if (isLink(row)) {
            return download(row);
        }
        boolean inline = InlineMedia.isInline(row.part());
        ConfiguredAccount sender = files.sender(deskOf(row)).orElse(channel);
        if (!inline && !(sender.connector() instanceof MediaSource)) {
            return new Outcome.Refused(Reason.UNSUPPORTED, sender.account().kind() + " has no media to fetch");
        }
        try {
            Request origin = origin(String.valueOf(row.raw()));
            return inline
                    ? InlineMedia.fetch(row.part(), origin, largest, transport)
                    : ((MediaSource) sender.connector())
                            .fetch(
                                    sender.account(),
                                    row.part(),
                                    origin,
                                    calls.reading(
                                            sender.account(),
                                            transport.with(sender.account().trust()),
                                            () -> false));
        } catch (java.io.IOException e) {
            return new Outcome.Retry(Reason.MEDIA_REFUSED, "the raw message cannot be read from its file");
        }
    }

    /** Whether an agent gave it by its address alone. */
    static boolean isLink(MediaRows.Row row) {
        return row.part().source() == null;
    }

    private Request origin(String raw) throws java.io.IOException {
        var found = store.read(tx -> tx.events().raw(raw)).orElseThrow();
        Request request = found.request();
        return found.bodyFile() == null
                ? request
                : new Request(
                        request.origin(),
                        request.method(),
                        request.path(),
                        request.query(),
                        request.headers(),
                        bodies.read(found.bodyFile()),
                        request.receivedAt());
    }

    private Outcome download(MediaRows.Row row) {
        Part.Media part = row.part();
        Optional<URI> address = MediaDownload.address(part.url());
        if (address.isEmpty()) {
            return MediaDownload.noAddress();
        }
        String desk = deskOf(row);
        HttpCall get = files.get(address.get(), desk);
        Transport through = files.through(transport, calls, get, desk);
        Function<Response, Outcome> refused = answer -> ofOtherServer(Outcome.of(answer, "the media's server"));
        Outcome outcome = files.grant(get, desk)
                .map(grant -> MediaDownload.fetch(grant, get, largest, part.fileName(), through, refused))
                .orElseGet(() -> MediaDownload.fetch(get, largest, part.fileName(), through, refused));
        if (outcome instanceof Outcome.Fetched fetched && isPageInstead(part, fetched)) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the media's server gave a web page instead of the file");
        }
        boolean login = outcome instanceof Outcome.Refused refusal && refusal.reason() == Reason.AUTHENTICATION_FAILED;
        return login || outcome instanceof Outcome.Retry ? ofOtherServer(outcome) : outcome;
    }

    /** The desk whose agent named it: the one that said so, or the conversation's for who said it through our API. */
    private @Nullable String deskOf(MediaRows.Row row) {
        return store.read(tx -> {
            String source =
                    tx.events().find(row.message()).map(Events.Stored::source).orElse(null);
            return source == null || !source.equals(Events.API)
                    ? source
                    : tx.messages()
                            .find(row.message())
                            .flatMap(message -> tx.conversations().find(message.conversation()))
                            .map(found -> found.conversation().desk())
                            .orElse(null);
        });
    }

    /** A picture or PDF whose link leads to a page, as of a login, is not what the agent meant. */
    private static boolean isPageInstead(Part.Media part, Outcome.Fetched fetched) {
        boolean anything =
                part.media() == Part.MediaKind.FILE && part.mimeType().equals("application/octet-stream");
        return !anything && isPage(fetched.blob().mimeType()) && !isPage(part.mimeType());
    }

    private static boolean isPage(String mimeType) {
        return mimeType.equals("text/html") || mimeType.equals("application/xhtml+xml");
    }

    /** The media's server may be any: its failures must not open the channel's circuit breaker. */
    private static Outcome ofOtherServer(Outcome outcome) {
        if (outcome.repeatable() instanceof Outcome.Retry retry) {
            return new Outcome.Retry(Reason.MEDIA_REFUSED, retry.detail(), retry.after());
        }
        return outcome instanceof Outcome.Refused refused
                ? new Outcome.Refused(Reason.MEDIA_REFUSED, refused.detail())
                : outcome;
    }

    /** A message's parts as a channel can send them; empty while media is still to be fetched. */
    Optional<SendableParts> sendable(List<Part> parts) {
        List<MediaRows.Row> rows = parts.stream()
                .flatMap(part -> part.attachments().stream())
                .flatMap(media -> row(media).stream())
                .toList();
        if (rows.stream().anyMatch(row -> row.state() == MediaRows.State.PENDING)) {
            return Optional.empty();
        }
        List<MediaRows.Row> failed = rows.stream()
                .filter(row -> row.state() == MediaRows.State.FAILED)
                .toList();
        List<MediaRows.Row> out = Stream.concat(failed.stream(), rows.stream().filter(MediaAccess::isEmpty))
                .toList();
        if (out.isEmpty()) {
            return Optional.of(new SendableParts(withLinks(parts), null, List.of()));
        }
        Outcome.Refused missing = failed.isEmpty() ? null : notSent(failed.get(0));
        List<String> lost = out.stream()
                .map(row -> LostFiles.sentence(named(row), why(row)))
                .toList();
        SendableParts sendable = SendableParts.without(withLinks(parts), out, missing, lost);
        return Optional.of(
                sendable.parts().isEmpty() && missing == null
                        ? new SendableParts(List.of(), notSent(out.get(0)), lost)
                        : sendable);
    }

    /** A file of no bytes: hardly a provider takes one, and whoever gets it has nothing of it. */
    private static boolean isEmpty(MediaRows.Row row) {
        return row.state() == MediaRows.State.STORED && row.size() != null && row.size() == 0;
    }

    private static Part.Media named(MediaRows.Row row) {
        return row.fileName() == null ? row.part() : row.part().named(row.fileName());
    }

    private Outcome.Refused notSent(MediaRows.Row row) {
        Reason reason = row.reason() == null ? Reason.MEDIA_REFUSED : row.reason();
        return new Outcome.Refused(reason, "a file of the message was not sent: " + why(row));
    }

    /** Why a media item cannot be passed on. */
    private String why(MediaRows.Row failed) {
        if (isEmpty(failed)) {
            return "it is empty";
        }
        return store.read(tx -> tx.deliveries().ofMessage(failed.message())).stream()
                .filter(delivery -> delivery.kind() == Deliveries.Kind.FETCH
                        && delivery.mediaItem().equals(failed.id()))
                .map(Deliveries.Stored::detail)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse("it could not be fetched");
    }

    private List<Part> withLinks(List<Part> parts) {
        return parts.stream()
                .map(part -> part.withAttachments(
                        media -> row(media).map(row -> link(media, row)).orElse(media)))
                .toList();
    }

    /** Whether media of a notice is still to be fetched. */
    boolean isPending(DeskNotice notice) {
        Message message = notice.data().message();
        return message != null
                && message.parts().stream()
                        .flatMap(part -> part.attachments().stream())
                        .flatMap(media -> row(media).stream())
                        .anyMatch(row -> row.state() == MediaRows.State.PENDING);
    }

    /** A notice as a desk can show it: its media has links, which work as soon as the media is there. */
    DeskNotice linked(DeskNotice notice, @Nullable String deskReference) {
        Message message = notice.data().message();
        DeskNotice.Data data = notice.data();
        return new DeskNotice(
                notice.type(),
                notice.timestamp(),
                new DeskNotice.Data(
                        withReference(data.conversation(), deskReference),
                        data.contact(),
                        message == null ? null : message.with(withLinks(message.parts())),
                        data.reaction(),
                        data.detail(),
                        data.notes(),
                        data.history().stream()
                                .map(earlier -> earlier.with(withLinks(earlier.parts())))
                                .toList()));
    }

    private Optional<MediaRows.Row> row(Part.Media media) {
        String id = media.id();
        return id == null ? Optional.empty() : store.read(tx -> tx.media().find(id));
    }

    /** As it may be shown and saved, with a link; or why there is none. */
    private Part.Media link(Part.Media media, MediaRows.Row row) {
        String given = row.fileName() == null ? media.fileName() : row.fileName();
        Part.Media named = media.named(given == null ? null : SafeText.fileName(given));
        if (row.state() == MediaRows.State.FAILED) {
            return named.missing(why(row));
        }
        Part.Media known = row.state() == MediaRows.State.STORED
                ? new Part.Media(
                        named.media(),
                        row.mimeType() == null ? named.mimeType() : row.mimeType(),
                        named.fileName(),
                        row.size(),
                        null,
                        named.id(),
                        null,
                        named.voice())
                : named;
        return known.linked(link.apply(row.id()));
    }

    private static Conversation withReference(Conversation c, @Nullable String reference) {
        return Objects.equals(reference, c.deskReference())
                ? c
                : c.change().deskReference(reference).build();
    }
}
