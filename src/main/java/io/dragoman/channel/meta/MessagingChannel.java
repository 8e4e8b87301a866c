// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.ReadMarker;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.Backfill;
import io.dragoman.connector.kit.ListBackfill;
import io.dragoman.connector.kit.ListLookup;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * A channel of the Messenger Platform: conversations of a page or of a professional account on Instagram, which are sent
 * to, listed and marked in the same way.
 */
public interface MessagingChannel
        extends SubscribedChannel, MediaSource, ReadMarker, Polled, DeliveryLookup<ToCustomer> {
    Setting<Secret> ACCESS_TOKEN = Setting.secret(
                    "accessToken",
                    "Access token of the page or account, from a system user or a login that does not end"
                            + " (Business settings → System users).")
            .need();
    Setting<String> APP_ID = Setting.text(
                    "appId",
                    "App ID of the Meta app (App settings → Basic); what this app sends by other ways than this gateway"
                            + " is then nothing new.")
            .matching("\\d{1,32}", "must be digits only");
    Setting<Boolean> HUMAN_AGENT = Setting.flag(
                    "humanAgent",
                    "Whether agents may answer for 7 days instead of 24 hours, by the tag HUMAN_AGENT, which Meta must have"
                            + " approved for the app.")
            .or("false");
    Setting<Boolean> TAKE_THREAD = Setting.flag(
                    "takeThread",
                    "Whether an agent's answer takes the conversation from another app that has it, such as a bot; Meta lets"
                            + " the page's primary receiver do so.")
            .or("false");
    Setting<Boolean> MARK_READ = Setting.flag(
                    "markRead", "Whether customers see that their message was seen once it was accepted.")
            .or("true");

    Setting<Boolean> TYPING = Setting.flag(
                    "typing",
                    "Whether customers see that somebody is writing, for 20 seconds or until the answer, once their"
                            + " message was accepted; only with markRead.")
            .or("false");

    /** The most that Meta carries. */
    long LARGEST = 25L * 1024 * 1024;

    /** The word for it in {@code platform} of the Conversations API. */
    String platform();

    /** How long a customer may be answered. */
    static Duration replyWindow(Account account) {
        return account.get(HUMAN_AGENT) ? Duration.ofDays(7) : Duration.ofHours(24);
    }

    /** Limits that the channels of the platform share, for texts of so many characters, but for the reply window. */
    static Limits.Builder limits(int text, Limits.Unit unit) {
        return Limits.text(text, unit)
                .choices(13, 0)
                .choiceTexts(text, 20)
                .media(MediaKind.IMAGE, 8L * 1024 * 1024, "image/jpeg", "image/png", "image/gif", "image/webp")
                .media(MediaKind.VIDEO, LARGEST)
                .media(MediaKind.AUDIO, LARGEST)
                .media(MediaKind.FILE, LARGEST)
                .cards(new Limits.CardLimit(10, 3, 80, 80, 20));
    }

    private MessagingSender sender(Account account, Transport transport) {
        return new MessagingSender(
                api(account, transport),
                owner(account),
                platform(),
                account.get(HUMAN_AGENT),
                account.find(TAKE_THREAD).orElse(false));
    }

    private GraphConversations conversations(Account account, Transport transport) {
        return new GraphConversations(api(account, transport), owner(account), platform());
    }

    @Override
    default Outcome send(Account account, ToCustomer message, Transport transport) {
        return sender(account, transport).send(message);
    }

    @Override
    default RetrySafety retrySafety() {
        return RetrySafety.QUERYABLE;
    }

    @Override
    default Answer lookUp(
            Account account, ToCustomer message, Instant since, Predicate<String> known, Transport transport) {
        return new ListLookup(new SentMessages(conversations(account, transport), message, known))
                .find(since, SentMessages.SETTLED, transport.clock());
    }

    @Override
    default boolean marksRead(Account account) {
        return account.get(MARK_READ);
    }

    @Override
    default Outcome markRead(Account account, ReadReceipt receipt, Transport transport) {
        return sender(account, transport)
                .markSeen(receipt.address(), account.find(TYPING).orElse(false));
    }

    @Override
    default boolean polls(Account account) {
        return Backfill.on(account);
    }

    @Override
    default Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        MissedMessages missed = new MissedMessages(conversations(account, transport), object(), recipient(account));
        return new ListBackfill(account, context, missed).poll(position);
    }

    /** The address is signed, works for some days, and asks for no token. */
    @Override
    default Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        URI base = api(account, transport).base();
        return MediaDownload.address(media.source())
                .map(uri -> MediaDownload.fetch(HttpCall.get(uri).trusting(base).follow(3), LARGEST, "Meta", transport))
                .orElseGet(MediaDownload::noAddress);
    }
}
