// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.linkedin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.RefreshTokens;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.SharedWebhook;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TokenEnd;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.kit.Backfill;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.ListBackfill;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Comments on the posts of a LinkedIn page, and posts that mention it, each answered below it for all to see
 * (Community Management API). LinkedIn has no API for messages between people.
 */
@AutoService(Connector.class)
public final class LinkedIn implements Channel, SharedWebhook, Polled, WebhookSetup, TokenEnd {
    static final Setting<String> ORGANIZATION_ID = Setting.text(
                    "organizationId", "The number of the page, from its admin view: linkedin.com/company/NUMBER/admin.")
            .matching("\\d{1,20}", "must be digits only: the number in the address of the page's admin view")
            .need();
    static final Setting<String> CLIENT_ID =
            Setting.text("clientId", "The app's Client ID (developer portal → Auth); a refresh token needs it.");
    static final Setting<Secret> CLIENT_SECRET = Setting.verifying(
            "clientSecret",
            "It is the app's Primary Client Secret (developer portal → Auth); without it no webhook can be trusted.");
    static final Setting<Secret> ACCESS_TOKEN = Setting.secret(
            "accessToken",
            "An access token of an administrator of the page, with r_organization_social and w_organization_social. It"
                    + " lives 60 days.");
    static final Setting<Secret> REFRESH_TOKEN = Setting.secret(
            "refreshToken",
            "Instead of it the refresh token of that administrator, where LinkedIn lets the app have one: access tokens are"
                    + " then fetched. It lives 365 days from the consent.");
    static final Setting<Instant> TOKEN_EXPIRES = Setting.day(
            "tokenExpires",
            "The day on which accessToken or refreshToken ends, such as 2027-05-31, which LinkedIn tells whoever gets it:"
                    + " health warns two weeks before.");
    static final Setting<String> APPLICATION_ID = Setting.text(
                    "applicationId",
                    "The app's number (the address of its page in the developer portal), for ./dragoman connect.")
            .matching("\\d{1,20}", "must be a number, such as 1234");
    static final Setting<String> PERSON_ID = Setting.text(
                    "personId",
                    "Who of the page's administrators gave the token, as in urn:li:person:AbC, for ./dragoman connect.")
            .matching("[A-Za-z0-9_-]{1,64}", "must be what stands behind urn:li:person:, such as AbC");
    static final Setting<String> API_VERSION = Setting.text(
                    "apiVersion", "The version of LinkedIn's API, YYYYMM; LinkedIn retires one after about a year.")
            .matching("20\\d{4}", "must be a year and a month, such as 202607")
            .or("202607");
    static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where LinkedIn's API is.").or("https://api.linkedin.com");
    static final Setting<URI> TOKEN_URL = Setting.url("tokenUrl", "Where LinkedIn gives access tokens.")
            .or("https://www.linkedin.com/oauth/v2/accessToken");

    private static final String SIGNATURE = "X-LI-Signature";

    /** What stands before the body in what is signed; some say that it stands before the signature too. */
    private static final String SIGNED = "hmacsha256=";

    /** No body could be made to look so: answering a challenge signs nothing that anybody could post. */
    private static final String CHALLENGE = "[0-9A-Za-z-]{1,64}";

    private static final int LONGEST_COMMENT = 1250;

    @Override
    public String kind() {
        return "linkedin";
    }

    @Override
    public String description() {
        return "Comments on the posts of a LinkedIn page, and posts that mention it.";
    }

    @Override
    public Features features() {
        return Features.receives("webhook, and the list of notifications")
                .sends("text, in public")
                .receipts("none")
                .verification("HMAC-SHA256 of the raw body")
                .needs("organizationId", "clientSecret", "accessToken or refreshToken")
                .setUp(
                        "Make an app at developer.linkedin.com that is verified by the page, and ask there for the Community"
                                + " Management API: LinkedIn reviews it.",
                        "As an administrator of the page, get an access token with r_organization_social and"
                                + " w_organization_social (developer portal → OAuth token tools).",
                        "Once the gateway runs, enter the callback address under Webhooks of the app: LinkedIn asks it at"
                                + " once, and every two hours; then subscribe the page to"
                                + " ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS by `./dragoman connect`."
                                + " [channels/linkedin.md](channels/linkedin.md) has the rest.")
                .missed("LinkedIn tries a webhook every five minutes for eight hours. A backfill reads the list of"
                        + " notifications, which has 60 days, since an hour before the last one")
                .begins("nobody: a person comments first");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                ORGANIZATION_ID,
                CLIENT_ID,
                CLIENT_SECRET,
                ACCESS_TOKEN,
                REFRESH_TOKEN,
                TOKEN_EXPIRES,
                APPLICATION_ID,
                PERSON_ID,
                Backfill.EVERY,
                OnUncertain.SETTING,
                API_VERSION,
                BASE_URL,
                TOKEN_URL);
    }

    @Override
    public List<String> problems(Account account) {
        List<String> problems = new ArrayList<>(Channel.super.problems(account));
        boolean refresh = account.find(REFRESH_TOKEN).isPresent();
        if (account.find(ACCESS_TOKEN).isEmpty() && !refresh) {
            problems.add("accessToken or refreshToken is missing. Without one nothing can be read or answered.");
        }
        if (refresh
                && (account.find(CLIENT_ID).isEmpty()
                        || account.find(CLIENT_SECRET).isEmpty())) {
            problems.add("refreshToken needs clientId and clientSecret: access tokens are given to the app alone.");
        }
        return problems;
    }

    @Override
    public Plan plan(Account account) {
        return PageSubscription.plan(account);
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        return PageSubscription.connect(account, new ApiClient(account, transport));
    }

    @Override
    public Optional<End> tokenEnd(Account account, RefreshTokens logins) {
        String name = account.find(REFRESH_TOKEN).isPresent() ? "refreshToken" : "accessToken";
        return account.find(TOKEN_EXPIRES)
                .map(at -> new End(
                        at,
                        name,
                        "an administrator of the page gets a new one (developer portal → OAuth token tools); then correct"
                                + " it and tokenExpires"));
    }

    private static String organization(Account account) {
        return "urn:li:organization:" + account.get(ORGANIZATION_ID);
    }

    @Override
    public String recipient(Account account) {
        return organization(account);
    }

    @Override
    public Setting<String> recipientSetting() {
        return ORGANIZATION_ID;
    }

    @Override
    public Set<String> recipients(Verified verified) throws MalformedPayload {
        Request request = verified.request();
        return isChallenge(request)
                ? Set.of()
                : new LinkedHashSet<>(JsonFields.of(request.body()).words("notifications", "organizationalEntity"));
    }

    @Override
    public Set<String> headers() {
        return Set.of(SIGNATURE);
    }

    private static boolean isChallenge(Request request) {
        return request.method().equals("GET");
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<Secret> secret = account.find(CLIENT_SECRET);
        if (isChallenge(request)) {
            if (secret.isEmpty() || !request.parameter("challengeCode").matches(CHALLENGE)) {
                throw new AuthenticationFailed(403, "this is no challenge of LinkedIn's");
            }
            return Signature.challenge(request);
        }
        if (secret.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        byte[] mac = Signature.hmac("HmacSHA256", secret.get().bytes(), utf8(SIGNED), request.body());
        String given = request.header(SIGNATURE).orElse("");
        String digits = given.startsWith(SIGNED) ? given.substring(SIGNED.length()) : given;
        // compared as text: a decoder would let through the same digits in other letters
        return Signature.match(request, utf8(HexFormat.of().formatHex(mac)), utf8(digits), SIGNATURE);
    }

    /** LinkedIn asks for the address by a challenge, which is answered with its keyed hash, and every two hours again. */
    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        if (!isChallenge(request)) {
            return Acknowledgement.OK;
        }
        String challenge = request.parameter("challengeCode");
        byte[] mac = Signature.hmac("HmacSHA256", account.get(CLIENT_SECRET).bytes(), utf8(challenge));
        ObjectNode answer = Json.mapper()
                .createObjectNode()
                .put("challengeCode", challenge)
                .put("challengeResponse", HexFormat.of().formatHex(mac));
        return new Acknowledgement(200, "application/json", Json.write(answer));
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        Request request = verified.request();
        return isChallenge(request)
                ? List.of()
                : InboundReader.read(request, organization(account), Backfill.on(account));
    }

    @Override
    public boolean polls(Account account) {
        return Backfill.on(account);
    }

    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        ApiClient api = new ApiClient(account, transport);
        return new ListBackfill(account, context, new NotificationBackfill(api, organization(account))).poll(position);
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        if (message.parts().size() != 1 || !(message.parts().get(0) instanceof Part.Text text)) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "an answer on LinkedIn is one text");
        }
        Optional<PublicUrn> found = PublicUrn.ofAddress(message.address());
        if (found.isEmpty()) {
            return new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, "it has no URN that can be answered");
        }
        PublicUrn root = found.get();
        ObjectNode comment = Json.mapper().createObjectNode();
        comment.put("actor", organization(account)).put("object", root.post());
        comment.putObject("message").put("text", text.text());
        if (root.isComment()) {
            comment.put("parentComment", root.text());
        }
        ApiClient api = new ApiClient(account, transport);
        return api.attempt(
                api.post("socialActions/" + ApiClient.encoded(root.text()) + "/comments", utf8(Json.write(comment))),
                answer -> answer.ok() ? new Outcome.Sent(written(answer, root)) : api.refusal(answer));
    }

    /** The URN of what was written: what people write below it names it. */
    private static @Nullable String written(Response answer, PublicUrn root) {
        String id = answer.headers().getOrDefault("x-restli-id", "");
        Optional<PublicUrn> named =
                PublicUrn.of(answer.json().path("commentUrn").asText(""));
        return named.or(() -> PublicUrn.of("urn:li:comment:(" + root.post() + "," + id + ")"))
                .map(PublicUrn::text)
                .orElse(null);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Limits limits(Account account) {
        return Limits.text(LONGEST_COMMENT, Limits.Unit.UTF_16).build();
    }

    /** LinkedIn knows no key of ours: a second try is a second comment. */
    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }
}
