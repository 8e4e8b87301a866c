// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.messenger;

import com.google.auto.service.AutoService;
import io.dragoman.channel.meta.GraphApi;
import io.dragoman.channel.meta.MessagingChannel;
import io.dragoman.channel.meta.MessagingErrors;
import io.dragoman.channel.meta.MessagingReader;
import io.dragoman.channel.meta.MetaPayload;
import io.dragoman.channel.meta.NotificationTokens;
import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.WritesFirst;
import io.dragoman.connector.kit.Backfill;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Ignored;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Messenger conversations of a Facebook page: https://developers.facebook.com/docs/messenger-platform. */
@AutoService(Connector.class)
public final class Messenger implements MessagingChannel, WritesFirst {
    static final Setting<String> PAGE_ID = Setting.text(
                    "pageId", "The Page ID (the page's settings → About → Page transparency); it is not its name.")
            .matching("\\d{1,32}", "must be digits only: the Page ID, not the page's name")
            .need();

    private static final ErrorCodes<Integer> CODES = MessagingErrors.of("Messenger");

    @Override
    public String kind() {
        return "messenger";
    }

    @Override
    public String description() {
        return "Messenger conversations of a Facebook page, through Meta's Messenger Platform.";
    }

    @Override
    public Features features() {
        return Features.receives("Messenger Platform webhook")
                .sends("text, media, quick replies, cards, utility templates, notifications")
                .receipts("delivered, read")
                .verification("HMAC-SHA256 of the raw body")
                .needs("pageId", "accessToken", "appSecret", "verifyToken")
                .setUp(
                        "Make an app at developers.facebook.com with pages_messaging and "
                                + "pages_manage_metadata; copy its app secret.",
                        "Of a system user that the Page is assigned to, make a Page access token.",
                        "Invent a verifyToken; enter it with the callback address under Webhooks of the app, "
                                + "object Page, and subscribe the Page: messages, messaging_postbacks, "
                                + "message_deliveries, message_reads, message_echoes, message_edits, "
                                + "message_reactions, messaging_optins, messaging_referrals, standby.")
                .missed("Meta tries a webhook for hours. A backfill reads the conversations that changed, at "
                        + "most 500 of them, and of each the last 20 messages, since an hour before the last "
                        + "backfill; that list shows no taps on buttons. Receipts and reactions are not "
                        + "backfilled")
                .begins("a person who agreed to notifications and did not stop them, by `notify:` and their token; "
                        + "Meta has these in some countries alone");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                PAGE_ID,
                ACCESS_TOKEN,
                GraphApi.TOKEN_EXPIRES,
                APP_SECRET,
                VERIFY_TOKEN,
                APP_ID,
                HUMAN_AGENT,
                TAKE_THREAD,
                MARK_READ,
                TYPING,
                Backfill.EVERY,
                GraphApi.BASE_URL,
                GraphApi.API_VERSION,
                OnUncertain.SETTING);
    }

    @Override
    public Setting<String> recipientSetting() {
        return PAGE_ID;
    }

    @Override
    public String recipient(Account account) {
        return account.get(PAGE_ID);
    }

    @Override
    public String owner(Account account) {
        return account.get(PAGE_ID);
    }

    @Override
    public String object() {
        return "page";
    }

    @Override
    public String platform() {
        return "messenger";
    }

    @Override
    public String fields() {
        return "messages,messaging_postbacks,messaging_optins,messaging_referrals,message_deliveries,message_reads,"
                + "message_echoes,message_edits,message_reactions,messaging_handovers,standby";
    }

    @Override
    public Set<String> siblings() {
        return Set.of("facebook");
    }

    @Override
    public Set<String> recipients(MetaPayload payload) {
        return payload.ids(MessagingReader::hasConversations);
    }

    @Override
    public void read(Account account, MetaPayload payload) throws MalformedPayload {
        payload.expect(object());
        MessagingReader reader =
                new MessagingReader(payload, kind(), account.find(APP_ID).orElse(null));
        reader.read(recipient(account));
        payload.changes(
                id -> true,
                (field, value, at) -> payload.ignored(
                        "field." + Ignored.word(field), "what is public is read by a channel of the kind facebook"));
    }

    @Override
    public GraphApi api(Account account, Transport transport) {
        return new GraphApi(account, account.get(ACCESS_TOKEN), CODES, transport);
    }

    @Override
    public Limits limits(Account account) {
        return MessagingChannel.limits(2000, Limits.Unit.UTF_16)
                .templates()
                .replyWindow(MessagingChannel.replyWindow(account))
                .build();
    }

    /** By a notification token anything but a template goes out, at any time. */
    @Override
    public Limits limits(Account account, String address) {
        return NotificationTokens.isToken(address)
                ? MessagingChannel.limits(2000, Limits.Unit.UTF_16).build()
                : limits(account);
    }

    @Override
    public CustomerEvent.Sender recipient(Account account, String address) throws MalformedPayload {
        return NotificationTokens.recipient(address);
    }

    @Override
    public Answer lookUp(
            Account account, ToCustomer message, Instant since, Predicate<String> known, Transport transport) {
        return NotificationTokens.isToken(message.address())
                ? new Unknown("Meta lists conversations by customer, not by token", null)
                : MessagingChannel.super.lookUp(account, message, since, known, transport);
    }
}
