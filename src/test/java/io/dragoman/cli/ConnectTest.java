// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.config.Connectors;
import io.dragoman.config.Home;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.messenger.MessengerSimulator;
import io.dragoman.simulator.telegram.TelegramSimulator;
import io.dragoman.simulator.twilio.TwilioSimulator;
import io.dragoman.simulator.voice.VoiceSimulator;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers are told where to post, over real HTTP, by simulators that share no code with the connectors. */
final class ConnectTest {
    private final Path folder;
    private final Home home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    ConnectTest(@TempDir Path folder) {
        this.folder = folder;
        home = new Home(folder);
    }

    @Test
    @DisplayName("Telegram gets address, secret token and the kinds of update; a dry run changes nothing")
    void telegramShouldBeConnected() throws Exception {
        try (TelegramSimulator telegram = new TelegramSimulator(0)) {
            configure("http://127.0.0.1:9", telegram);
            assertThat(run("connect", "shop", "--dry-run")).isZero();
            assertThat(out.toString())
                    .contains("Would do", "setWebhook", "http://127.0.0.1:9/channels/shop", "message_reaction")
                    .doesNotContain(
                            telegram.settings().get("secretToken"),
                            telegram.settings().get("token"));
            assertThat(webhook(telegram)).isEmpty();
            assertThat(run("connect", "shop")).isZero();
            assertThat(out.toString()).contains("The provider posts to shop now.");
            assertThat(webhook(telegram)).isEqualTo("http://127.0.0.1:9/channels/shop");
            assertThat(run("connect", "shop", "--json")).isZero();
            assertThat(out.toString()).contains("\"done\":true").doesNotContain("\"problem\":\"");
        }
    }

    @Test
    @DisplayName("a token that is wrong is said with its remedy, and nobody's words are repeated")
    void wrongTokenShouldBeSaid() {
        try (TelegramSimulator telegram = new TelegramSimulator(0)) {
            home.write("gateway", "http: {publicUrl: \"http://127.0.0.1:9\"}\n")
                    .write(
                            "channels",
                            "channels:\n  shop: {kind: telegram, token: \"1:wrong\", secretToken: s3cret, baseUrl: \""
                                    + telegram.settings().get("baseUrl") + "\"}\n");
            assertThat(run("connect", "shop")).isEqualTo(1);
            assertThat(err.toString())
                    .contains("Telegram answered setWebhook with 40", "copy it again from @BotFather")
                    .doesNotContain("1:wrong", "s3cret");
        }
    }

    @Test
    @DisplayName("WhatsApp takes the address of a number when it answers with the challenge, else it is said")
    void whatsAppShouldBeConnected() throws Exception {
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (WhatsAppSimulator meta = new WhatsAppSimulator(0)) {
            String address = "http://127.0.0.1:" + gateway.getAddress().getPort();
            configure("http://127.0.0.1:9", meta);
            assertThat(run("connect", "shop")).isEqualTo(1);
            assertThat(err.toString()).contains("Meta did not take the address", "The gateway must run");
            gateway.createContext("/channels/shop", exchange -> {
                try (exchange) {
                    String query = exchange.getRequestURI().getRawQuery();
                    byte[] challenge =
                            query.replaceAll(".*hub.challenge=(\\d+).*", "$1").getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, challenge.length);
                    exchange.getResponseBody().write(challenge);
                }
            });
            gateway.start();
            configure(address, meta);
            assertThat(run("connect", "shop")).isZero();
            assertThat(meta.numberCallback()).isEqualTo(address + "/channels/shop");
            assertThat(out.toString())
                    .contains("by hand", "subscribe to the field messages", "channels.shop.verifyToken")
                    .doesNotContain(
                            meta.settings().get("verifyToken"), meta.settings().get("accessToken"));
        } finally {
            gateway.stop(0);
        }
    }

    @Test
    @DisplayName("a provider of a profile is told by hand; a secret in the address is named, not shown")
    void providerOfAProfileShouldBeToldByHand() {
        home.write("gateway", "http: {publicUrl: \"https://chat.example.com\"}\n")
                .write("channels", """
                channels:
                  seven: {kind: http, profile: seven, apiKey: k3y, urlSecret: s3cret, from: "+4915550100"}
                  plain: {kind: http, profile: telnyx, apiKey: k3y, publicKey: "e7WdmmGBmXyJ1hxlfWT8+vtMRhTpXPgVBTUX4wGAkTM=", from: "+15550100"}
                """);
        assertThat(run("connect", "seven")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("To be done by hand", "https://chat.example.com/channels/seven?key=URLSECRET")
                .contains("the value of channels.seven.urlSecret in place of URLSECRET")
                .doesNotContain("s3cret", "k3y");
        assertThat(run("connect", "plain")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("https://chat.example.com/channels/plain\n");
    }

    @Test
    @DisplayName("an app is subscribed to a page, and the callback address is said")
    void messengerShouldBeConnected() {
        try (MessengerSimulator meta = new MessengerSimulator(0)) {
            configure("https://chat.example.com", meta);
            assertThat(run("connect", "shop")).isZero();
            assertThat(meta.subscribed()).contains("messages", "message_echoes", "standby");
            assertThat(out.toString())
                    .contains("https://chat.example.com/channels/shop", "channels.shop.verifyToken", "object page")
                    .doesNotContain(
                            meta.settings().get("verifyToken"), meta.settings().get("accessToken"));
            meta.answerNext(403, Map.of(), "{\"error\":{\"code\":200}}");
            assertThat(run("connect", "shop")).isEqualTo(1);
            assertThat(err.toString()).contains("Meta did not subscribe the app", "lacks a permission");
        }
    }

    @Test
    @DisplayName("Twilio posts what comes in for a number; a number that is not there is said")
    void twilioShouldBeConnected() {
        try (TwilioSimulator twilio = new TwilioSimulator(0)) {
            configure("http://127.0.0.1:9", twilio);
            assertThat(run("connect", "shop")).isZero();
            assertThat(twilio.smsUrl()).isEqualTo("http://127.0.0.1:9/channels/shop");
            home.write("channels", channel(twilio).replace("+15550100", "+15559999"));
            assertThat(run("connect", "shop")).isEqualTo(1);
            assertThat(err.toString()).contains("The account has no number +15559999");
        }
    }

    @Test
    @DisplayName("Twilio posts calls to a number, and how they end")
    void voiceShouldBeConnected() {
        try (VoiceSimulator voice = new VoiceSimulator(0)) {
            configure("http://127.0.0.1:9", voice);
            assertThat(run("connect", "shop")).isZero();
            assertThat(voice.numberHas("VoiceUrl")).isEqualTo("http://127.0.0.1:9/channels/shop");
            assertThat(voice.numberHas("VoiceMethod")).isEqualTo("POST");
            assertThat(voice.numberHas("StatusCallback")).isEqualTo("http://127.0.0.1:9/channels/shop");
            assertThat(voice.numberHas("StatusCallbackMethod")).isEqualTo("POST");
        }
    }

    @Test
    @DisplayName("what has no API is said with the exact address, and what needs nothing too")
    void otherProvidersShouldBeSetByHand() {
        home.write("gateway", "http: {publicUrl: https://chat.example.com}\n").write("channels", """
                channels:
                  wa: {kind: twilio, accountSid: AC00000000000000000000000000000001, authToken: t, from: "whatsapp:+15550100"}
                  sms: {kind: messente, username: u, password: p, webhookSecret: w, from: shop}
                  bot: {kind: telegram, token: "1:a", intake: poll}
                """);
        assertThat(run("connect", "wa")).isZero();
        assertThat(out.toString()).contains("To be done by hand", "https://chat.example.com/channels/wa (HTTP POST)");
        assertThat(run("connect", "sms")).isZero();
        assertThat(out.toString()).contains("https://chat.example.com/channels/sms");
        assertThat(run("connect", "bot")).isZero();
        assertThat(out.toString()).contains("bot gets no webhooks");
        assertThat(run("connect", "bott")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no channel or desk bott. Did you mean 'bot'?");
    }

    private void configure(String publicUrl, Simulator simulator) {
        home.write("gateway", "http: {publicUrl: \"" + publicUrl + "\"}\n").write("channels", channel(simulator));
    }

    private static String channel(Simulator simulator) {
        StringBuilder text = new StringBuilder("channels:\n  shop:\n    kind: " + simulator.kind() + "\n");
        for (Map.Entry<String, String> setting : simulator.settings().entrySet()) {
            text.append("    ")
                    .append(setting.getKey())
                    .append(": \"")
                    .append(setting.getValue())
                    .append("\"\n");
        }
        return text.toString();
    }

    private static String webhook(TelegramSimulator telegram) throws Exception {
        URI info = URI.create(telegram.settings().get("baseUrl") + "/bot"
                + telegram.settings().get("token") + "/getWebhookInfo");
        String answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(info).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return answer.replaceAll("(?s).*\"url\":\"([^\"]*)\".*", "$1");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = folder.toString();
        return new Dragoman(Connectors.installed(), home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all);
    }
}
