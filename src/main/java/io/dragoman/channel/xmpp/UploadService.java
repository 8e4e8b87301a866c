// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.TransportFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a server takes files (XEP-0363, 4).
 *
 * @param largest in bytes
 */
record UploadService(String address, long largest) {
    /** A server lists its own services; more than so many is no such list. */
    private static final int MOST_ITEMS = 30;

    /** Asks the server for its services, and each of them what it is; null where none takes files. */
    static @Nullable UploadService find(LiveStream live, String domain) throws TransportFailure {
        XmlElement items =
                live.answer(live.stream.ask(domain, RawIq.get(domain, "query", Names.DISCO_ITEMS, Map.of())));
        List<String> addresses = items.child(Names.DISCO_ITEMS, "query").stream()
                .flatMap(query -> query.children(Names.DISCO_ITEMS, "item"))
                .flatMap(item -> Optional.ofNullable(item.attribute("jid")).stream())
                .filter(address -> Jids.parse(address).isPresent())
                .limit(MOST_ITEMS)
                .toList();
        for (String address : addresses) {
            XmlElement info =
                    live.answer(live.stream.ask(address, RawIq.get(address, "query", Names.DISCO_INFO, Map.of())));
            XmlElement query = info.child(Names.DISCO_INFO, "query").orElse(info);
            if (query.children(Names.DISCO_INFO, "feature")
                    .anyMatch(one -> Names.UPLOAD.equals(one.attribute("var")))) {
                return new UploadService(address, largest(query));
            }
        }
        return null;
    }

    private static long largest(XmlElement query) {
        return query.children(Names.FORM, "x")
                .flatMap(form -> form.children(Names.FORM, "field"))
                .filter(field -> "max-file-size".equals(field.attribute("var")))
                .flatMap(field -> field.children(Names.FORM, "value"))
                .map(value -> value.text().strip())
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
