// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.connector.mail.AuthenticationResults;
import io.dragoman.connector.mail.Automatic;
import io.dragoman.connector.mail.Correspondent;
import io.dragoman.connector.mail.EmailSettings;
import io.dragoman.connector.mail.EventKey;
import io.dragoman.connector.mail.MailAddress;
import io.dragoman.connector.mail.MailContent;
import io.dragoman.connector.mail.MessageIds;
import io.dragoman.connector.mail.MimeHeaders;
import io.dragoman.connector.mail.MimePart;
import io.dragoman.connector.mail.MimeReader;
import io.dragoman.connector.mail.OwnAddresses;
import io.dragoman.connector.mail.OwnIds;
import io.dragoman.connector.mail.Place;
import io.dragoman.connector.mail.QuoteWords;
import io.dragoman.connector.mail.ReplyFacts;
import io.dragoman.connector.mail.Reports;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Identity;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import jakarta.mail.internet.MailDateFormat;
import java.nio.charset.StandardCharsets;
import java.text.ParsePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A raw mail as events: a message, or receipts for what we sent. */
final class InboundReader {
    /** What a mailing list adds to a mail. */
    private static final Set<String> LIST_FIELDS = Set.of("list-", "precedence", "x-precedence", "mailing-list");

    /** A Date that is further off than this says more about the sender's clock than about the mail. */
    private static final Duration BELIEVABLE = Duration.ofDays(7);

    /** A BCP 47 tag, as far as it is worth looking at. */
    private static final Pattern LANGUAGE = Pattern.compile("(?i)[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}");

    private final Account account;
    private final OwnIds ids;

    InboundReader(Account account) {
        this.account = account;
        this.ids = new OwnIds(account);
    }

    List<CustomerEvent> read(Request request) {
        Place place = Place.of(request.path());
        try {
            return read(request, place);
        } catch (RuntimeException | StackOverflowError e) {
            return List.of(unread(request)); // a bug of ours must not hide a customer's mail
        }
    }

    private List<CustomerEvent> read(Request request, Place place) {
        MimeReader.Mail mail = MimeReader.read(request.body());
        MimePart root = mail.root();
        String key = place.unfetchable() ? EventKey.of(request.path()) : EventKey.of(root);
        Instant at = time(root.headers(), request.receivedAt());
        List<CustomerEvent> receipts = new Reports(root, ids, OwnAddresses.of(account), key, at).receipts();
        if (!receipts.isEmpty() && !Reports.isRejection(root)) {
            return receipts;
        }
        if (isOurs(root.headers())) {
            return List.of(new Ignored(key, at, "own-mail", "it is a copy of what we sent"));
        }
        Threading threading = Threads.of(root.headers(), ids);
        String subject = threading.subject() == null ? "" : threading.subject();
        boolean answer = !MessageIds.references(root.headers()).isEmpty() && !QuoteWords.isForward(subject);
        Correspondent who = Correspondent.of(root.headers(), OwnAddresses.of(account));
        ReplyFacts answered = answer ? ReplyFacts.of(root.headers(), account, who) : null;
        List<Part> parts = place.whole() ? MailContent.of(mail, answered) : List.of(place.notice());
        Sender sender = sender(root.headers(), who);
        String automatic = who.nobody()
                ? "it names no sender"
                : Automatic.reason(seen(root, who), who.machine(), sender.address(), OwnAddresses.of(account), ids)
                        .orElse(null);
        CustomerEvent message = new CustomerEvent.MessageReceived(
                key,
                at,
                sender,
                externalId(root, request),
                parts,
                replyTo(root),
                threading,
                automatic,
                null,
                null,
                OtherParties.of(root.headers(), who, OwnAddresses.of(account)));
        return Stream.concat(receipts.stream(), Stream.of(message)).toList();
    }

    /** What can be said about a mail that our own code stumbles over. */
    CustomerEvent unread(Request request) {
        byte[] raw = request.body();
        MimeHeaders headers = MimeHeaders.read(raw, 0, Math.min(raw.length, 64 * 1024));
        String text = new String(raw, 0, Math.min(raw.length, 8 * 1024), StandardCharsets.UTF_8);
        return new CustomerEvent.MessageReceived(
                EventKey.of(request.path() + "|" + EventKey.digest(raw)),
                request.receivedAt(),
                sender(headers, Correspondent.of(headers, OwnAddresses.of(account))),
                "sha:" + EventKey.digest(raw),
                List.of(
                        new Part.Text(SafeText.text(text)),
                        new Part.Unsupported(
                                "message/rfc822", "This mail could not be read; it is attached as it came."),
                        MailContent.wholeMail(raw.length)),
                null,
                Threading.NONE,
                "it could not be read",
                null,
                null);
    }

    /** A copy of what we sent: its id is proved to be ours, and no server has brought it; one that came back has been. */
    private boolean isOurs(MimeHeaders headers) {
        return !headers.has("received")
                && headers.addresses("from").stream()
                        .anyMatch(from -> OwnAddresses.of(account).has(from.address()))
                && headers.raw("message-id")
                        .map(MessageIds::in)
                        .flatMap(found -> found.stream().findFirst())
                        .flatMap(ids::own)
                        .isPresent();
    }

    private static String externalId(MimePart root, Request request) {
        return root.headers()
                .raw("message-id")
                .map(MessageIds::in)
                .flatMap(found -> found.stream().findFirst())
                .orElseGet(() -> "sha:" + EventKey.digest(request.body()));
    }

    private static @Nullable String replyTo(MimePart root) {
        return root.headers()
                .raw("in-reply-to")
                .map(MessageIds::in)
                .flatMap(found -> found.stream().findFirst())
                .orElse(null);
    }

    /** A list of ours is a mailbox by another name: that a mail came over it says nothing about who wrote. */
    private static MimePart seen(MimePart root, Correspondent who) {
        return who.ownList() ? root.with(root.headers().without(LIST_FIELDS)) : root;
    }

    private Sender sender(MimeHeaders headers, Correspondent who) {
        MailAddress person = who.person();
        boolean verified = who.direct()
                && account.find(EmailSettings.TRUSTED_AUTH_SERVER)
                        .filter(server -> AuthenticationResults.pass(headers, server, person.domain()))
                        .isPresent();
        Identity identity = MailAddress.identity(person.address(), verified);
        return new Sender(who.answerTo(), List.of(identity), person.name(), language(headers));
    }

    /** The first language that the mail says it is in, or that its writer says they read. */
    private static @Nullable String language(MimeHeaders headers) {
        return Stream.of("content-language", "accept-language")
                .flatMap(name -> headers.raw(name).stream())
                .map(field -> field.split("[,;\\s]", 2)[0])
                .filter(tag -> LANGUAGE.matcher(tag).matches())
                .findFirst()
                .orElse(null);
    }

    /** When it was written, if that can be believed; else when it arrived. */
    private static Instant time(MimeHeaders headers, Instant arrived) {
        Date date = headers.raw("date")
                .map(text -> new MailDateFormat()
                        .parse(text.length() > 100 ? text.substring(0, 100) : text, new ParsePosition(0)))
                .orElse(null);
        if (date == null) {
            return arrived;
        }
        Instant written = date.toInstant();
        boolean believable = !written.isAfter(arrived) && written.isAfter(arrived.minus(BELIEVABLE));
        return believable ? written : arrived;
    }
}
