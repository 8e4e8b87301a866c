// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.net.URI;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a message says, as parts. */
final class MessageContent {
    private MessageContent() {}

    static List<Part> of(XmlElement message, Account account) {
        if (MessageFilter.isEncrypted(message)) { // its text is a placeholder, its keys are nobody's business
            return List.of(new Part.Unsupported("encrypted message", "{}"));
        }
        String body = withoutQuotes(message, text(message, "body"));
        String subject = text(message, "subject").strip();
        List<String> files = message.children(Names.OOB, "x")
                .flatMap(x -> x.children(Names.OOB, "url"))
                .map(url -> url.text().strip())
                .filter(url -> !url.isEmpty())
                .limit(10)
                .toList();
        boolean said = !files.contains(body.strip());
        PartList parts = new PartList().text(subject).text(said ? JsonFields.clean(body) : null);
        files.forEach(url -> file(url, said && body.contains(url), account, parts));
        if (files.isEmpty() && body.startsWith("aesgcm://")) {
            return List.of(new Part.Unsupported("encrypted file", "{}"));
        }
        return parts.parts();
    }

    /** A file that may be fetched; another address is a text. */
    private static void file(String url, boolean said, Account account, PartList parts) {
        Optional<URI> address = FileUpload.allowed(account, url);
        if (url.startsWith("aesgcm://")) {
            parts.other("encrypted file", "{}");
        } else if (address.isPresent()) {
            String name = name(address.get());
            String type = name == null ? null : URLConnection.guessContentTypeFromName(name);
            parts.media(MediaKind.of(type == null ? "" : type), type, name, url, null);
        } else if (!said) {
            parts.text(url);
        }
    }

    private static @Nullable String name(URI address) {
        String path = address.getPath();
        String name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
        return name.isBlank() || name.length() > 200 ? null : name;
    }

    private static String text(XmlElement message, String name) {
        return message.child(Names.CLIENT, name).map(XmlElement::text).orElse("");
    }

    /** Without what is there for programs that know no replies: the words that are answered (XEP-0461, XEP-0428). */
    private static String withoutQuotes(XmlElement message, String body) {
        List<int[]> ranges = new ArrayList<>();
        int[] points = body.codePoints().toArray();
        message.children(Names.FALLBACK, "fallback")
                .filter(fallback -> Names.REPLY.equals(fallback.attribute("for")))
                .flatMap(fallback -> fallback.children(Names.FALLBACK, "body"))
                .limit(10)
                .forEach(range -> ranges.add(new int[] {
                    number(range.attribute("start"), 0, points.length),
                    number(range.attribute("end"), points.length, points.length)
                }));
        if (ranges.isEmpty()) {
            return body;
        }
        StringBuilder left = new StringBuilder();
        for (int i = 0; i < points.length; i++) {
            int place = i;
            if (ranges.stream().noneMatch(range -> place >= range[0] && place < range[1])) {
                left.appendCodePoint(points[i]);
            }
        }
        return left.toString().isBlank() ? body : left.toString();
    }

    private static int number(@Nullable String text, int otherwise, int most) {
        return text != null && text.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(text), most) : otherwise;
    }
}
