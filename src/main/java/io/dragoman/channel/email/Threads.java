// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.mail.MessageIds;
import io.dragoman.connector.mail.MimeHeaders;
import io.dragoman.connector.mail.OwnIds;
import io.dragoman.model.CustomerEvent.Threading;
import java.util.List;
import java.util.Optional;

/**
 * How a mail finds its conversation: by the token in the address that it was sent to, by a Message-ID of ours that it
 * answers, by the ids of earlier mails. Never by its subject, which anybody can quote.
 */
final class Threads {
    /** Where the address that a mail was sent to may stand, besides To and Cc. */
    private static final List<String> RECIPIENTS =
            List.of("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-delivered-to", "x-envelope-to");

    private Threads() {}

    static Threading of(MimeHeaders headers, OwnIds ids) {
        List<String> references = MessageIds.references(headers);
        String conversation =
                byToken(headers, ids).or(() -> byOwnId(references, ids)).orElse(null);
        List<String> believable = references.stream()
                .filter(id -> !OwnIds.looksOwn(id) || ids.own(id).isPresent()) // a forged one proves nothing
                .toList();
        return new Threading(
                null, conversation, believable, headers.text("subject").orElse(null));
    }

    private static Optional<String> byToken(MimeHeaders headers, OwnIds ids) {
        return RECIPIENTS.stream()
                .flatMap(name -> headers.addresses(name).stream())
                .flatMap(address -> ids.conversationOf(address).stream())
                .findFirst();
    }

    private static Optional<String> byOwnId(List<String> references, OwnIds ids) {
        return references.stream()
                .flatMap(id -> ids.own(id).stream())
                .flatMap(own -> Optional.ofNullable(own.conversation()).stream())
                .findFirst();
    }
}
