// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.ClientCredentials;
import io.dragoman.connector.Connector;
import io.dragoman.connector.CustomerTyping;
import io.dragoman.connector.Features;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.JwksSource;
import io.dragoman.connector.JwksWebhook;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TypingSource;
import io.dragoman.connector.Verified;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.WritesFirst;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A bot in Microsoft Teams (Bot Connector REST API v3): chats with one person or several, and threads in channels. */
@AutoService(Connector.class)
public final class Teams implements Channel, JwksWebhook, MediaSource, WritesFirst, WebhookSetup, TypingSource {
    static final Setting<String> APP_ID = Setting.text(
                    "appId", "The Microsoft App ID of the bot (Azure Bot → Configuration); tokens are for it.")
            .matching("[A-Za-z0-9-]{8,64}", "must be an id such as 11111111-2222-3333-4444-555555555555")
            .need();
    static final Setting<Secret> CLIENT_SECRET = Setting.secret(
                    "clientSecret", "A client secret of that app (App registrations → Certificates & secrets).")
            .need();
    static final Setting<String> TENANT_ID = Setting.text(
                    "tenantId",
                    "The directory (tenant) ID where the app is registered; botframework.com for an old multi-tenant bot.")
            .matching("[A-Za-z0-9.-]{1,100}", "must be an id or a domain such as botframework.com")
            .need();
    static final Setting<URI> BASE_URL = Setting.url(
                    "baseUrl",
                    "Where the Bot Connector is for conversations that do not say; its host may be one beside Microsoft's.")
            .or("https://smba.trafficmanager.net/teams");
    static final Setting<URI> LOGIN_URL =
            Setting.url("loginUrl", "Where access tokens come from.").or("https://login.microsoftonline.com");
    static final Setting<URI> OPEN_ID_URL = Setting.url(
                    "openIdUrl", "Where the OpenID metadata is that names the Bot Connector's keys.")
            .or("https://login.botframework.com/v1/.well-known/openidconfiguration");
    static final Setting<URI> ISSUER = Setting.url(
                    "issuer", "Who issues the Bot Connector's tokens and is the scope of ours; differs between clouds.")
            .or("https://api.botframework.com");

    /** A message is at most about 100 KB in UTF-16, a picture 1 MB ("Format your bot messages", Microsoft). */
    private static final Limits LIMITS = Limits.text(20_000, Limits.Unit.UTF_16)
            .choices(6, 0)
            .choiceTexts(4000, 80)
            .media(MediaKind.IMAGE, 1 << 20, "image/jpeg", "image/png", "image/gif")
            .build();

    private static final String MULTI_TENANT = "botframework.com";
    private static final String PERSON = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|29:\\S{1,200}";

    /** What asks for an answer at once gets one, which says nothing. */
    private static final Acknowledgement ANSWER = new Acknowledgement(
            200,
            "application/json",
            "{\"statusCode\":200,\"type\":\"application/vnd.microsoft.activity.message\",\"value\":\"\"}");

    static ClientCredentials credentials(Account account) {
        return new ClientCredentials(
                URI.create(account.get(LOGIN_URL) + "/" + account.get(TENANT_ID) + "/oauth2/v2.0/token"),
                account.get(APP_ID),
                account.get(CLIENT_SECRET),
                account.get(ISSUER) + "/.default");
    }

    static String botId(Account account) {
        return "28:" + account.get(APP_ID);
    }

    @Override
    public String kind() {
        return "teams";
    }

    @Override
    public String description() {
        return "A bot in Microsoft Teams: chats, group chats, and threads in channels.";
    }

    @Override
    public Features features() {
        return Features.receives("Bot Connector webhook")
                .sends("text, pictures, buttons")
                .receipts("read, in personal chats")
                .verification("the Bot Connector's JSON Web Token (RS256)")
                .needs("appId", "clientSecret", "tenantId")
                .setUp(
                        "In the Azure portal, register an app (single tenant) and make a client secret; make an Azure "
                                + "Bot with that app's id.",
                        "Make a Teams app whose manifest has a bot with that id, the scopes it is to have and "
                                + "supportsFiles: true; upload it in the Teams admin center.")
                .missed("the Bot Connector has no list; whether it tries an activity again is not promised. What comes "
                        + "while nothing answers is lost, and the person sees that it was not delivered")
                .begins("a person who has the app, by their object ID in Microsoft Entra");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(APP_ID, CLIENT_SECRET, TENANT_ID, OnUncertain.SETTING, BASE_URL, LOGIN_URL, OPEN_ID_URL, ISSUER);
    }

    @Override
    public Set<String> headers() {
        return Set.of(BotToken.HEADER);
    }

    @Override
    public Optional<JwksSource> jwks(Account account) {
        return Optional.of(JwksSource.openId(account.get(OPEN_ID_URL), account));
    }

    @Override
    public Verified verify(Account account, Request request, Jwks keys) throws AuthenticationFailed {
        return BotToken.verify(account, request, keys);
    }

    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        try {
            return "invoke".equals(JsonFields.of(request.body()).word("type")) ? ANSWER : Acknowledgement.OK;
        } catch (MalformedPayload e) {
            return Acknowledgement.OK;
        }
    }

    @Override
    public Plan plan(Account account) {
        return new Plan(
                false,
                List.of(
                        "in the Azure portal, under Azure Bot → Configuration: set the messaging endpoint to "
                                + account.callback() + ", with the app whose id is appId",
                        "there, under Channels: add Microsoft Teams",
                        "in the Teams admin center: upload an app whose manifest has a bot with that id, the scopes it is"
                                + " to have (personal, team, groupChat) and supportsFiles: true, and install it where people"
                                + " are to write"));
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) {
        return Optional.empty(); // the plan is for a person
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return InboundReader.read(account, verified.request());
    }

    @Override
    public Optional<CustomerTyping> customerTyping(Account account, Verified verified) {
        return InboundReader.typing(account, verified.request());
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new Sender(account, transport).send(message);
    }

    /** By the object id that a person has in the tenant's directory, or the id that they have for this bot. */
    @Override
    public CustomerEvent.Sender recipient(Account account, String address) throws MalformedPayload {
        if (account.get(TENANT_ID).equals(MULTI_TENANT)) {
            throw new MalformedPayload("cannot be reached: tenantId names no tenant; set it to the one where they are");
        }
        if (!address.matches(PERSON)) {
            throw new MalformedPayload("must be a person's object id in Microsoft Entra, or their 29:… id");
        }
        Identity known = TeamsCustomer.identity(address);
        return new CustomerEvent.Sender(TeamsPlace.person(known.value()), List.of(known), null, null);
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return TeamsFile.fetch(account, media, transport);
    }

    @Override
    public Limits limits(Account account) {
        return LIMITS;
    }

    /** The Bot Connector knows no key of ours. */
    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }
}
