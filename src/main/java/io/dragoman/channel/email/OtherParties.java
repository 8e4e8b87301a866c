// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.mail.Correspondent;
import io.dragoman.connector.mail.MailAddress;
import io.dragoman.connector.mail.MimeHeaders;
import io.dragoman.connector.mail.OwnAddresses;
import io.dragoman.model.Participant;
import io.dragoman.model.Participants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom a mail names beside its writer and ourselves. Addresses of ours and of the mailing list it came over are left out. */
final class OtherParties {
    /** More are no round of correspondents but a mailing. */
    private static final int MOST = 100;

    private final Set<String> seen = new HashSet<>();
    private final OwnAddresses own;
    private int room = MOST;

    private OtherParties(OwnAddresses own, Set<String> known) {
        this.own = own;
        known.forEach(address -> seen.add(address.toLowerCase(Locale.ROOT)));
    }

    /**
     * Reads them.
     *
     * @return null for a mail between its writer and us alone
     */
    static @Nullable Participants of(MimeHeaders headers, Correspondent who, OwnAddresses own) {
        Set<String> known = new HashSet<>(Correspondent.lists(headers));
        known.add(who.person().address());
        known.add(who.answerTo());
        OtherParties parties = new OtherParties(own, known);
        List<MailAddress> authors = who.direct() ? headers.addresses("from") : List.of();
        List<MailAddress> answers = headers.addresses("reply-to");
        // RFC 5322: answers go to all of Reply-To, else to all of From
        List<Participant> from = parties.take(answers.isEmpty() ? authors : answers);
        List<Participant> to = parties.take(headers.addresses("to"));
        List<Participant> cc = parties.take(Stream.concat(authors.stream(), headers.addresses("cc").stream())
                .toList());
        Participants all = new Participants(from, to, cc);
        return all.equals(Participants.NONE) ? null : all;
    }

    private List<Participant> take(List<MailAddress> addresses) {
        List<Participant> taken = new ArrayList<>();
        for (MailAddress one : addresses) {
            if (room > 0 && !own.has(one.address()) && seen.add(one.address().toLowerCase(Locale.ROOT))) {
                taken.add(new Participant(one.name(), one.address()));
                room--;
            }
        }
        return taken;
    }
}
