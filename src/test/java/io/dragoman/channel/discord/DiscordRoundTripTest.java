// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.ChoiceMade;
import io.dragoman.model.Part.Choices;
import io.dragoman.simulator.discord.DiscordSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Discord posts to a gateway, verified, read and answered by the channel. */
final class DiscordRoundTripTest {
    private final DiscordSimulator simulator = new DiscordSimulator(0);
    private final Discord discord = new Discord();
    private final PlainTransport transport = new PlainTransport();
    private final List<CustomerEvent> events = new CopyOnWriteArrayList<>();
    private HttpServer gateway;
    private Account account;

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        URI url = URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
        Account made = DiscordAccounts.of(simulator.settings());
        account = made.at(new Account.Installation(url, new Secret("key")));
        gateway.createContext("/", exchange -> {
            try (exchange) {
                Map<String, String> headers = new HashMap<>();
                exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
                byte[] body = exchange.getRequestBody().readAllBytes();
                Acknowledgement answer = answer(body, headers);
                byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
                if (text.length > 0) {
                    exchange.getResponseBody().write(text);
                }
            }
        });
        gateway.start();
    }

    private Acknowledgement answer(byte[] body, Map<String, String> headers) {
        Request request =
                new Request(Request.Origin.RECEIVED, "POST", "/channels/shop", "", headers, body, Instant.now());
        try {
            events.addAll(discord.read(account, discord.verify(account, request)));
            return discord.acknowledge(account, request);
        } catch (AuthenticationFailed e) {
            return new Acknowledgement(e.status(), "text/plain", "");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
        simulator.close();
    }

    private void offers(String customer, Choices choices) {
        ToCustomer message = new ToCustomer(
                "d-1", "m-1", "c-1", simulator.direct(customer), List.of(choices), null, null, List.of(), null, false);
        assertThat(discord.send(account, message, transport)).isInstanceOf(Outcome.Sent.class);
    }

    @Test
    void pressedButtonAndPickedRowComeWithTheirIds() {
        List<Choice> choices = List.of(new Choice("color/red", "Red", null), new Choice("color/blue", "Blue", null));
        offers("Ana", new Choices("Which?", choices, null));
        assertThat(simulator.presses(account.callback(), "Ana", "Blue")).isEqualTo(200);
        offers("Ben", new Choices("Which?", choices, "Pick"));
        assertThat(simulator.presses(account.callback(), "Ben", "Red")).isEqualTo(200);
        assertThat(events)
                .extracting(event -> ((MessageReceived) event).parts())
                .containsExactly(
                        List.of(new ChoiceMade("color/blue", "Blue")), List.of(new ChoiceMade("color/red", "Red")));
        assertThat(((MessageReceived) events.get(0)).replyTo())
                .isEqualTo(simulator.delivered().get(0).id());
    }

    @Test
    void commandIsAMessageOfTheDirectConversation() {
        assertThat(simulator.asks(account.callback(), "Ana", "is it open?")).isEqualTo(200);
        MessageReceived message = (MessageReceived) events.get(0);
        assertThat(message.parts()).containsExactly(new Part.Text("/ask is it open?"));
        assertThat(message.sender().address()).isEqualTo(simulator.direct("Ana"));
        assertThat(message.sender().identities()).containsExactly(DiscordPlace.identity(simulator.person("Ana")));
    }

    @Test
    void connectSetsTheAddressWhichDiscordTriesBothWays() throws Exception {
        assertThat(discord.plan(account).automatic()).isTrue();
        assertThat(discord.plan(account).steps().toString())
                .contains(account.callback().toString());
        assertThat(discord.connect(account, transport)).isEmpty();
        assertThat(simulator.interactionsUrl()).isEqualTo(account.callback().toString());
        assertThat(events).singleElement().isInstanceOf(Ignored.class);
        gateway.removeContext("/");
        assertThat(discord.connect(account, transport).orElseThrow()).contains("publicKey must be the application's");
        Account wrong = DiscordAccounts.of(DiscordAccounts.with(simulator.settings(), "botToken", "another"));
        assertThat(discord.connect(wrong, transport).orElseThrow()).contains("botToken is not the bot's");
    }

    @Test
    void somebodyElsesKeyProvesNothing() {
        String other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"; // RFC 8032 §7.1, test 1
        account = DiscordAccounts.of(DiscordAccounts.with(simulator.settings(), "publicKey", other))
                .at(account.home());
        assertThat(simulator.asks(account.callback(), "Ana", "hello")).isEqualTo(401);
        assertThat(events).isEmpty();
        assertThatThrownBy(() -> DiscordAccounts.of(DiscordAccounts.with(simulator.settings(), "publicKey", "12")))
                .hasMessageContaining("64 hexadecimal digits");
    }
}
