// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.store.MediaRows;
import io.dragoman.store.Store;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fetches media and makes links to what was fetched. */
public final class MediaAccess {
    private final Store store;
    private final Transport transport;
    private final Function<String, String> link;
    private final RawBodies bodies;
    private final long largest;

    /**
     * @param link from a media item's id to a signed link that works for a time
     * @param largest in bytes, of what is fetched
     */
    public MediaAccess(
            Store store, Transport transport, Function<String, String> link, RawBodies bodies, long largest) {
        this.store = store;
        this.transport = transport;
        this.link = link;
        this.bodies = bodies;
        this.largest = largest;
    }

    /** Reads a large raw body back from its file. */
    @FunctionalInterface
    public interface RawBodies {
        byte[] read(String file) throws java.io.IOException;
    }

    /** Fetches one media item: with the channel's credentials what a customer sent, without any what an agent named. */
    Outcome fetch(ConfiguredAccount channel, String id) {
        MediaRows.Row row = store.read(tx -> tx.media().find(id)).orElseThrow();
        if (row.state() != MediaRows.State.PENDING) {
            return new Outcome.Sent(null);
        }
        if (row.raw() == null) {
            return download(row.part());
        }
        if (!(channel.connector() instanceof MediaSource source)) {
            return new Outcome.Refused(Reason.UNSUPPORTED, channel.account().kind() + " has no media to fetch");
        }
        try {
            return source.fetch(
                    channel.account(),
                    row.part(),
                    origin(row.raw()),
                    transport.with(channel.account().trust()));
        } catch (java.io.IOException e) {
            return new Outcome.Retry(Reason.MEDIA_REFUSED, "the raw message cannot be read from its file");
        }
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

    private Outcome download(Part.Media part) {
        Optional<URI> address = MediaDownload.address(part.url());
        if (address.isEmpty()) {
            return MediaDownload.noAddress();
        }
        Outcome outcome = MediaDownload.fetch(
                HttpCall.get(address.get()).follow(3),
                largest,
                part.fileName(),
                transport,
                answer -> ofOtherServer(Outcome.of(answer, "the media's server")));
        return outcome instanceof Outcome.Retry ? ofOtherServer(outcome) : outcome;
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
    Optional<List<Part>> linked(List<Part> parts) {
        boolean pending = parts.stream()
                .flatMap(part -> part.attachments().stream())
                .flatMap(media -> row(media).stream())
                .anyMatch(row -> row.state() == MediaRows.State.PENDING);
        return pending ? Optional.empty() : Optional.of(withLinks(parts));
    }

    private List<Part> withLinks(List<Part> parts) {
        return parts.stream()
                .map(part -> part.withAttachments(
                        media -> row(media).map(row -> link(media, row)).orElse(media)))
                .toList();
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
                        data.notes()));
    }

    private Optional<MediaRows.Row> row(Part.Media media) {
        String id = media.id();
        return id == null ? Optional.empty() : store.read(tx -> tx.media().find(id));
    }

    private Part.Media link(Part.Media media, MediaRows.Row row) {
        Part.Media known = row.state() == MediaRows.State.STORED
                ? new Part.Media(
                        media.media(),
                        row.mimeType() == null ? media.mimeType() : row.mimeType(),
                        row.fileName() == null ? media.fileName() : row.fileName(),
                        row.size(),
                        null,
                        media.id(),
                        null)
                : media;
        return known.linked(link.apply(row.id()));
    }

    private static Conversation withReference(Conversation c, @Nullable String reference) {
        return reference == null || reference.equals(c.deskReference()) ? c : c.referenced(reference);
    }
}
