// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.instagram;

import com.google.auto.service.AutoService;
import io.dragoman.channel.meta.CommentAnswers;
import io.dragoman.channel.meta.GraphApi;
import io.dragoman.channel.meta.MessagingChannel;
import io.dragoman.channel.meta.MessagingErrors;
import io.dragoman.channel.meta.MessagingReader;
import io.dragoman.channel.meta.MetaPayload;
import io.dragoman.channel.meta.PublicThreads;
import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RefreshTokens;
import io.dragoman.connector.RenewableToken;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.Backfill;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Part.MediaKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Direct messages, comments and mentions of a professional account: https://developers.facebook.com/docs/instagram-platform. */
@AutoService(Connector.class)
public final class Instagram implements MessagingChannel {
    static final Setting<String> INSTAGRAM_ID = Setting.text(
                    "instagramId",
                    "The ID of the professional account (Instagram → API setup of the Meta app); it is not its name.")
            .matching("\\d{1,32}", "must be digits only: the account's ID, not its name")
            .need();
    static final Setting<String> PAGE_ID = Setting.text(
                    "pageId",
                    "The ID of the Facebook page that the account is connected with; required with login: facebook.")
            .matching("\\d{1,32}", "must be digits only: the Page ID, not the page's name");
    static final Setting<Login> LOGIN = Setting.choice(
                    "login",
                    "How the app was let in: instagram (Instagram Login, with a token of the account) or facebook (Facebook"
                            + " Login, with a token of the connected page).",
                    Login.class)
            .or("instagram");
    static final Setting<URI> BASE_URL = Setting.url(
            "baseUrl",
            "Where the API is: as the login has it, https://graph.instagram.com or https://graph.facebook.com; set it only"
                    + " for tests.");

    private static final ErrorCodes<Integer> CODES = MessagingErrors.of("Instagram");
    private static final Duration TOKEN_LIFE = Duration.ofDays(60);
    private static final int LONGEST_TEXT = 1000;
    /** Of a comment, in characters. */
    private static final int LONGEST_COMMENT = 2200;

    @Override
    public String kind() {
        return "instagram";
    }

    @Override
    public String description() {
        return "Direct messages, comments and mentions of a professional account on Instagram.";
    }

    @Override
    public Features features() {
        return Features.receives("Instagram webhook")
                .sends("text, media, quick replies, cards; answers to comments")
                .receipts("read")
                .verification("HMAC-SHA256 of the raw body")
                .needs("instagramId", "accessToken", "appSecret", "verifyToken")
                .setUp(
                        "Make an app at developers.facebook.com with Instagram messaging and comments; copy "
                                + "its app secret.",
                        "Of the professional account, copy the id and make an access token; allow access to "
                                + "messages in the account's settings.",
                        "Invent a verifyToken; enter it with the callback address under Webhooks of the app, "
                                + "object Instagram, fields messages, messaging_postbacks, messaging_seen, "
                                + "message_reactions, message_edit, messaging_referral, comments, mentions.")
                .missed("Meta tries a webhook for hours. A backfill reads the conversations that changed, at "
                        + "most 500 of them, and of each the last 20 messages, since an hour before the last "
                        + "backfill; that list shows no taps on buttons and no answers to stories or "
                        + "advertisements. Receipts, reactions and comments are not backfilled")
                .begins("nobody: a person writes first");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                INSTAGRAM_ID,
                LOGIN,
                PAGE_ID,
                ACCESS_TOKEN,
                GraphApi.TOKEN_EXPIRES,
                APP_SECRET,
                VERIFY_TOKEN,
                APP_ID,
                HUMAN_AGENT,
                CommentAnswers.SETTING,
                MARK_READ,
                TYPING,
                Backfill.EVERY,
                BASE_URL,
                GraphApi.API_VERSION,
                OnUncertain.SETTING);
    }

    @Override
    public List<String> problems(Account account) {
        List<String> problems = new ArrayList<>(MessagingChannel.super.problems(account));
        boolean facebook = account.find(LOGIN).filter(Login.FACEBOOK::equals).isPresent();
        if (facebook && account.find(PAGE_ID).isEmpty()) {
            problems.add("pageId is missing. It is required with login: facebook.");
        }
        return problems;
    }

    @Override
    public Setting<String> recipientSetting() {
        return INSTAGRAM_ID;
    }

    @Override
    public String recipient(Account account) {
        return account.get(INSTAGRAM_ID);
    }

    @Override
    public String owner(Account account) {
        return account.get(LOGIN) == Login.FACEBOOK ? account.get(PAGE_ID) : account.get(INSTAGRAM_ID);
    }

    @Override
    public String object() {
        return "instagram";
    }

    @Override
    public String platform() {
        return "instagram";
    }

    @Override
    public String fields() {
        return "messages,messaging_postbacks,messaging_seen,message_reactions,message_edit,messaging_referral,standby,"
                + "comments,live_comments,mentions";
    }

    @Override
    public Set<String> recipients(MetaPayload payload) {
        return payload.ids(entry -> MessagingReader.hasConversations(entry)
                || (MetaPayload.hasChanges(entry) && !MessagingReader.isTest(entry)));
    }

    @Override
    public void read(Account account, MetaPayload payload) throws MalformedPayload {
        payload.expect(object());
        String own = recipient(account);
        new MessagingReader(payload, kind(), account.find(APP_ID).orElse(null)).read(own);
        InboundReader reader = new InboundReader(payload, own);
        payload.changes(own::equals, reader::change);
    }

    @Override
    public GraphApi api(Account account, Transport transport) {
        return new GraphApi(account, base(account), token(account, transport), CODES, transport);
    }

    private static URI base(Account account) {
        return account.find(BASE_URL)
                .orElseGet(() -> URI.create(account.get(LOGIN).api()));
    }

    /** One of Instagram Login ends after 60 days, unless it is renewed; that of a page need not end. */
    private static Optional<RenewableToken> renewable(Account account) {
        return account.find(LOGIN).filter(Login.INSTAGRAM::equals).isEmpty()
                ? Optional.empty()
                : Optional.of(new RenewableToken(
                        account.id(),
                        account.get(ACCESS_TOKEN),
                        URI.create(base(account) + "/refresh_access_token"),
                        "ig_refresh_token",
                        TOKEN_LIFE));
    }

    private static Secret token(Account account, Transport transport) {
        Optional<RenewableToken> renewable = renewable(account);
        try {
            return renewable.isPresent()
                    ? transport.tokens().token(renewable.get(), transport)
                    : account.get(ACCESS_TOKEN);
        } catch (TransportFailure e) {
            return account.get(ACCESS_TOKEN);
        }
    }

    @Override
    public Optional<End> tokenEnd(Account account, RefreshTokens logins) {
        return renewable(account)
                .flatMap(token -> token.end(
                        logins, "make a new one (the Meta app → Instagram → API setup) and set it as accessToken"))
                .or(() -> MessagingChannel.super.tokenEnd(account, logins));
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        if (!PublicThreads.isPublic(message.address())) {
            return MessagingChannel.super.send(account, message, transport);
        }
        GraphApi api = api(account, transport);
        return MentionAnswer.isMention(message.address())
                ? MentionAnswer.send(api, account.get(INSTAGRAM_ID), message)
                : PublicThreads.answer(api, message, "replies", owner(account), account.get(CommentAnswers.SETTING));
    }

    @Override
    public Answer lookUp(
            Account account, ToCustomer message, Instant since, Predicate<String> known, Transport transport) {
        return PublicThreads.isPublic(message.address())
                ? new Unknown("comments are not listed", null)
                : MessagingChannel.super.lookUp(account, message, since, known, transport);
    }

    @Override
    public Outcome markRead(Account account, ReadReceipt receipt, Transport transport) {
        return PublicThreads.isPublic(receipt.address())
                ? new Outcome.Sent(null) // nobody is shown that a comment was seen
                : MessagingChannel.super.markRead(account, receipt, transport);
    }

    @Override
    public Limits limits(Account account) {
        return MessagingChannel.limits(LONGEST_TEXT, Limits.Unit.BYTES)
                .replyWindow(MessagingChannel.replyWindow(account))
                .media(MediaKind.IMAGE, 8L * 1024 * 1024, "image/jpeg", "image/png", "image/gif")
                .media(MediaKind.FILE, LARGEST, "application/pdf")
                .build();
    }

    @Override
    public Limits limits(Account account, String address) {
        return PublicThreads.isPublic(address) ? PublicThreads.limits(LONGEST_COMMENT) : limits(account);
    }
}
