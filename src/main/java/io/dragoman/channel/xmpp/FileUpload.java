// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.connector.kit.MultipartBody;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a file where the server keeps such, and gives its address (XEP-0363). */
record FileUpload(Account account, LiveStream live, Transport transport) {
    /** Of the headers that a server asks for, those that may be sent (XEP-0363, 5). */
    private static final Set<String> HEADERS = Set.of("cookie", "expires");

    /** The file was not taken: the message is not sent. */
    static final class NotTaken extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Outcome outcome;

        NotTaken(Outcome outcome) {
            super("the file was not taken");
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }
    }

    String upload(Part.Media media, String key) throws NotTaken, TransportFailure, IOException {
        UploadService service = live.uploads(account);
        if (service == null) {
            throw refused(Reason.UNSUPPORTED, "the XMPP server takes no files (XEP-0363)");
        }
        String id = String.valueOf(media.id());
        long size = size(id);
        if (size > service.largest()) {
            throw refused(Reason.TOO_LARGE, "the XMPP server takes files of " + service.largest() + " bytes at most");
        }
        XmlElement slot = slot(service, media, key, size);
        XmlElement put = slot.child(Names.UPLOAD, "put").orElse(slot);
        String get =
                slot.child(Names.UPLOAD, "get").map(one -> one.attribute("url")).orElse(null);
        Optional<URI> target = allowed(put.attribute("url"));
        if (target.isEmpty() || get == null) {
            throw refused(
                    Reason.MEDIA_REFUSED,
                    "the XMPP server's address for files is not https; name it in files where that is right");
        }
        put(target.get(), put, media, id, size);
        return get;
    }

    private XmlElement slot(UploadService service, Part.Media media, String key, long size)
            throws NotTaken, TransportFailure {
        String name = media.fileName() == null ? key : media.fileName();
        XmlElement answer = live.answer(live.stream.ask(
                service.address(),
                RawIq.get(
                        service.address(),
                        "request",
                        Names.UPLOAD,
                        Map.of(
                                "filename",
                                OutgoingStanza.clean(name),
                                "size",
                                String.valueOf(size),
                                "content-type",
                                MultipartBody.mimeType(media.mimeType())))));
        if ("error".equals(answer.attribute("type"))) {
            throw new NotTaken(
                    ErrorTable.passes(answer)
                            ? new Outcome.Retry(Reason.THROTTLED, "the XMPP server takes no file now")
                            : new Outcome.Refused(
                                    Reason.MEDIA_REFUSED,
                                    "the XMPP server did not take the file: " + ErrorTable.condition(answer)));
        }
        return answer.child(Names.UPLOAD, "slot").orElse(answer);
    }

    private void put(URI target, XmlElement put, Part.Media media, String id, long size)
            throws NotTaken, TransportFailure {
        HttpCall.Body body =
                new HttpCall.Body(MultipartBody.mimeType(media.mimeType()), size, () -> transport.open(id));
        HttpCall call =
                trusting(account, new HttpCall("PUT", target, Map.of(), null, body, null, Duration.ofMinutes(2), 0));
        for (XmlElement header : put.children(Names.UPLOAD, "header").toList()) {
            String name = String.valueOf(header.attribute("name")).toLowerCase(Locale.ROOT);
            String value = header.text().replaceAll("[\\r\\n]", "");
            if (name.equals("authorization")) {
                call = call.authorized(new Secret(value));
            } else if (HEADERS.contains(name)) {
                call = call.header(name, value);
            }
        }
        Response answer = transport.http(call);
        if (!answer.ok()) {
            throw new NotTaken(
                    Outcome.of(answer, "the XMPP server's file service").repeatable());
        }
    }

    private long size(String id) throws IOException {
        try (InputStream bytes = transport.open(id)) {
            return bytes.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    /** An address by https, or where the operator says that files are. */
    Optional<URI> allowed(@Nullable String address) {
        return allowed(account, address);
    }

    static Optional<URI> allowed(Account account, @Nullable String address) {
        return MediaDownload.address(address)
                .filter(uri -> "https".equalsIgnoreCase(uri.getScheme())
                        || trusting(account, HttpCall.get(uri)).isTrusted());
    }

    static HttpCall trusting(Account account, HttpCall call) {
        return account.find(XmppSettings.FILES).map(call::trusting).orElse(call);
    }

    private static NotTaken refused(Reason reason, String why) {
        return new NotTaken(new Outcome.Refused(reason, why));
    }
}
