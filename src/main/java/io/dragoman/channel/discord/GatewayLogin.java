// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Begins a session at the Gateway or resumes one, and knows why Discord ends them. */
record GatewayLogin(ApiClient api) {
    /** A server of many thousands of people and channels comes in one message. */
    private static final int LARGEST = 8 << 20;

    private static final int SERVERS = 1;
    private static final int MESSAGES = 1 << 9;
    private static final int REACTIONS = 1 << 10;
    private static final int DIRECT_MESSAGES = 1 << 12;
    private static final int DIRECT_REACTIONS = 1 << 13;
    private static final int MESSAGE_CONTENT = 1 << 15;

    private static final int WRONG_TOKEN = 4004;
    private static final int SHARDS_NEEDED = 4011;
    private static final int WRONG_INTENTS = 4013;
    private static final int DISALLOWED_INTENTS = 4014;
    /** The number is not the session's, or it was away for too long. */
    private static final Set<Integer> LOST = Set.of(4007, 4009);

    GatewaySession open(GatewayPosition from) throws TransportFailure {
        String session = from.session();
        boolean resume = session != null;
        Optional<URI> known = resume ? address(from.url()) : Optional.empty();
        URI url = known.isPresent() ? known.get() : gateway(!resume);
        HttpCall call = HttpCall.get(URI.create(url + "/?v=10&encoding=json"))
                .trusting(account()
                        .find(DiscordSettings.GATEWAY_URL)
                        .orElse(account().get(DiscordSettings.BASE_URL)));
        GatewaySession opened = new GatewaySession(api.transport().webSocket(call, LARGEST), resume ? from.seq() : 0);
        opened.begin(session == null ? identity() : resumption(session, from.seq()), resume);
        return opened;
    }

    private Account account() {
        return api.account();
    }

    /** Asks where the Gateway is, and whether another session may begin: there are a thousand a day. */
    private URI gateway(boolean fresh) throws TransportFailure {
        Optional<URI> configured = account().find(DiscordSettings.GATEWAY_URL);
        if (configured.isPresent() && !fresh) {
            return configured.get();
        }
        Response answer = api.ask(api.get("/gateway/bot"));
        if (answer.status() == 401) {
            throw refused("botToken is not the bot's: Discord answered 401");
        }
        JsonNode left = answer.json().path("session_start_limit").path("remaining");
        if (left.isInt() && left.intValue() <= 0) {
            throw TransportFailure.notSent(
                    Reason.THROTTLED, "Discord lets the bot begin no more sessions at its Gateway today");
        }
        return configured
                .or(() -> address(ApiClient.text(answer, "url")))
                .orElseThrow(() -> TransportFailure.notSent(
                        Reason.PROVIDER_DOWN,
                        "Discord answered " + answer.status() + " when it was asked where its Gateway is"));
    }

    /** The same address as one of HTTP. */
    private static Optional<URI> address(@Nullable String url) {
        String web = String.valueOf(url).replaceFirst("^ws", "http");
        return MediaDownload.address(web.replaceFirst("^(https?://[^/?#]*).*$", "$1"));
    }

    /** The content of messages in servers is asked for only where it is needed: Discord has to allow it. */
    private ObjectNode identity() {
        int intents = SERVERS | MESSAGES | REACTIONS | DIRECT_MESSAGES | DIRECT_REACTIONS;
        boolean content = account().find(DiscordSettings.CHANNELS).isPresent();
        ObjectNode identity = Json.mapper().createObjectNode();
        identity.put("token", token()).put("intents", content ? intents | MESSAGE_CONTENT : intents);
        identity.putObject("properties")
                .put("os", "linux")
                .put("browser", "dragoman")
                .put("device", "dragoman");
        return identity;
    }

    private ObjectNode resumption(String session, long seq) {
        ObjectNode resumption = Json.mapper().createObjectNode();
        return resumption.put("token", token()).put("session_id", session).put("seq", seq);
    }

    private String token() {
        return account().get(DiscordSettings.BOT_TOKEN).value();
    }

    static boolean isLost(int code) {
        return LOST.contains(code);
    }

    /** Throws for a code after which trying again is of no use before somebody has changed something. */
    static void refuse(int code) throws TransportFailure {
        switch (code) {
            case WRONG_TOKEN -> throw refused("botToken is not the bot's: Discord's Gateway refused it");
            case WRONG_INTENTS, DISALLOWED_INTENTS ->
                throw refused("Discord's Gateway refused the bot's intents: with channels, switch on Message Content"
                        + " Intent under Bot of the application");
            case SHARDS_NEEDED -> throw refused("the bot is in more servers than one session may serve");
            default -> {
                return;
            }
        }
    }

    private static TransportFailure refused(String why) {
        return TransportFailure.loginRefused(why);
    }

    static TransportFailure closed(int code) {
        return TransportFailure.notSent(
                Reason.PROVIDER_DOWN, "Discord's Gateway closed the connection with code " + code);
    }
}
