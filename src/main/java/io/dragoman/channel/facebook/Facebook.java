// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.facebook;

import com.google.auto.service.AutoService;
import io.dragoman.channel.meta.CommentAnswers;
import io.dragoman.channel.meta.GraphApi;
import io.dragoman.channel.meta.MessagingErrors;
import io.dragoman.channel.meta.MetaPayload;
import io.dragoman.channel.meta.PublicThreads;
import io.dragoman.channel.meta.SubscribedChannel;
import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Part;
import java.util.List;
import java.util.Set;

/** Comments, visitors' posts, reviews and mentions of a Facebook page, each answered in public or once privately. */
@AutoService(Connector.class)
public final class Facebook implements SubscribedChannel, MediaSource {
    static final Setting<String> PAGE_ID = Setting.text(
                    "pageId", "The Page ID (the page's settings → About → Page transparency); it is not its name.")
            .matching("\\d{1,32}", "must be digits only: the Page ID, not the page's name")
            .need();
    static final Setting<Secret> ACCESS_TOKEN = Setting.secret(
                    "accessToken",
                    "Access token of the page, from a system user with the permissions pages_read_engagement,"
                            + " pages_manage_engagement and pages_messaging (Business settings → System users).")
            .need();

    private static final ErrorCodes<Integer> CODES = MessagingErrors.of("Facebook");
    private static final int LONGEST_COMMENT = 8000;
    private static final long LARGEST = 25L * 1024 * 1024;

    @Override
    public String kind() {
        return "facebook";
    }

    @Override
    public String description() {
        return "What is public on a Facebook page: comments, visitors' posts, reviews and mentions.";
    }

    @Override
    public Features features() {
        return Features.receives("Page webhook")
                .sends("text: in public, or once privately")
                .receipts("none")
                .verification("HMAC-SHA256 of the raw body")
                .needs("pageId", "accessToken", "appSecret", "verifyToken")
                .setUp(
                        "Make an app at developers.facebook.com with the permissions pages_read_engagement, "
                                + "pages_manage_engagement and pages_messaging; copy its app secret.",
                        "Of a system user that the Page is assigned to, make a Page access token.",
                        "Invent a verifyToken; enter it with the callback address under Webhooks of the app, "
                                + "object Page, field feed, and subscribe the Page to the app. What the page answers on "
                                + "Facebook itself, below what a customer wrote, comes by it too, as a message of the "
                                + "business; its posts, and its comments below anything else, are ignored by name.")
                .missed("Meta tries a webhook for hours; nothing is asked")
                .begins("nobody: a person comments first");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                PAGE_ID,
                ACCESS_TOKEN,
                GraphApi.TOKEN_EXPIRES,
                APP_SECRET,
                VERIFY_TOKEN,
                CommentAnswers.SETTING,
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
    public String fields() {
        return "feed,mention,ratings";
    }

    @Override
    public Set<String> siblings() {
        return Set.of("messenger");
    }

    @Override
    public Set<String> recipients(MetaPayload payload) {
        return payload.ids(MetaPayload::hasChanges);
    }

    @Override
    public void read(Account account, MetaPayload payload) throws MalformedPayload {
        payload.expect(object());
        String page = recipient(account);
        InboundReader reader = new InboundReader(payload, page);
        payload.changes(page::equals, reader::change);
        payload.entries().stream()
                .filter(entry -> !MetaPayload.hasChanges(entry))
                .forEach(entry ->
                        payload.ignored("messaging", "conversations are read by a channel of the kind messenger"));
    }

    @Override
    public GraphApi api(Account account, Transport transport) {
        return new GraphApi(account, account.get(ACCESS_TOKEN), CODES, transport);
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return PublicThreads.answer(
                api(account, transport), message, "comments", owner(account), account.get(CommentAnswers.SETTING));
    }

    /** The address is signed, works for some days, and asks for no token. */
    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return MediaDownload.address(media.source())
                .map(uri -> MediaDownload.fetch(
                        HttpCall.get(uri)
                                .trusting(account.get(GraphApi.BASE_URL))
                                .follow(3),
                        LARGEST,
                        "Meta",
                        transport))
                .orElseGet(MediaDownload::noAddress);
    }

    @Override
    public Limits limits(Account account) {
        return PublicThreads.limits(LONGEST_COMMENT);
    }
}
