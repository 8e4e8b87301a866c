// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dragoman.channel.twilio.account.TwilioAccount;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.simulator.twilio.TwilioSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulator's webhooks through the connector, over real HTTP: they share no code. */
final class TwilioRoundTripTest {
    private static final String ANA = "+4917000001";

    private final Twilio connector = new Twilio();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final FollowingTransport transport = new FollowingTransport();
    private TwilioSimulator twilio = new TwilioSimulator(0);
    private HttpServer gateway;
    private Account account;

    @BeforeEach
    void listen() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", this::receive);
        gateway.start();
        account = account();
    }

    @AfterEach
    void close() {
        gateway.stop(0);
        twilio.close();
    }

    @Test
    void customerWritesAndIsRead() throws Exception {
        assertThat(twilio.customerWrites(account.callback(), ANA, "გამარჯობა & 1+1=2% 👩‍👩‍👧"))
                .isEqualTo(200);
        CustomerEvent.MessageReceived message = (CustomerEvent.MessageReceived) next();
        assertThat(message.sender().address()).isEqualTo(ANA);
        assertThat(message.parts()).containsExactly(new Part.Text("გამარჯობა & 1+1=2% 👩‍👩‍👧"));
    }

    @Test
    void wrongTokenIsRefused() {
        Map<String, String> settings = new HashMap<>(twilio.settings());
        settings.put("authToken", "another");
        account = TwilioAccounts.account(publicUrl(), settings);
        assertThat(twilio.customerWrites(account.callback(), ANA, "hi")).isEqualTo(401);
    }

    @Test
    void pictureIsFetchedBehindCredentialsAndRedirect() throws Exception {
        byte[] bytes = "jpeg".getBytes(StandardCharsets.UTF_8);
        twilio.customerSendsMedia(account.callback(), ANA, "look", "image/jpeg", bytes);
        CustomerEvent.MessageReceived message = (CustomerEvent.MessageReceived) next();
        assertThat(message.parts().get(1)).isEqualTo(new Part.Text("look"));
        Part.Media media = (Part.Media) message.parts().get(0);
        assertThat(media.media()).isEqualTo(MediaKind.IMAGE);
        Outcome.Fetched fetched = (Outcome.Fetched) connector.fetch(account, media, request(), transport);
        assertThat(transport.kept(fetched.blob().sha256())).isEqualTo(bytes);
        assertThat(fetched.blob().mimeType()).isEqualTo("image/jpeg");
        assertThat(transport.calls().get(0).redirects()).isEqualTo(3);
        assertThat(transport.calls()).allMatch(HttpCall::isTrusted);
    }

    @Test
    void credentialsGoToNobodyButTwilio() {
        try (FakeProvider stranger = FakeProvider.answering(200, Map.of(), "x")) {
            Part.Media media = Part.Media.incoming(MediaKind.FILE, null, null, null, stranger.baseUrl() + "/x");
            assertThat(connector.fetch(account, media, request(), transport)).isInstanceOf(Outcome.Fetched.class);
            assertThat(transport.calls()).singleElement().satisfies(call -> {
                assertThat(call.authorization()).isNull();
                assertThat(call.isTrusted()).isFalse();
            });
        }
    }

    @Test
    void missingMediumIsRefusedAndABrokenProviderAskedAgain() {
        Part.Media gone = Part.Media.incoming(
                MediaKind.FILE, null, null, null, twilio.baseUrl() + "/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME9");
        assertThat(connector.fetch(account, gone, request(), transport))
                .isEqualTo(new Outcome.Refused(Reason.MEDIA_REFUSED, "Twilio answered 404"));
        twilio.answerNext(500, Map.of(), "");
        assertThat(connector.fetch(account, gone, request(), transport)).isInstanceOf(Outcome.Retry.class);
        try (FakeProvider broken = FakeProvider.hangingUp()) {
            Part.Media media = Part.Media.incoming(MediaKind.FILE, null, null, null, broken.baseUrl() + "/x");
            assertThat(connector.fetch(account, media, request(), transport)).isInstanceOf(Outcome.Retry.class);
        }
        Part.Media odd = Part.Media.incoming(MediaKind.FILE, null, null, null, "not an address");
        assertThat(connector.fetch(account, odd, request(), transport)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void statusesComeBackUntilDelivered() throws Exception {
        String sid = send(ANA, new Part.Text("hello"));
        assertThat(List.of(receipt(sid), receipt(sid), receipt(sid)))
                .extracting(CustomerEvent.Receipt::status)
                .containsExactly(Status.QUEUED, Status.SENT, Status.DELIVERED);
    }

    @Test
    void failureComesBackWithItsReason() throws Exception {
        twilio.failNext(30007);
        String sid = send(ANA, new Part.Text("hello"));
        assertThat(List.of(receipt(sid).status(), receipt(sid).status())).containsExactly(Status.QUEUED, Status.SENT);
        assertThat(receipt(sid))
                .returns(Status.FAILED, CustomerEvent.Receipt::status)
                .returns(Reason.CONTENT_REFUSED, CustomerEvent.Receipt::reason)
                .returns("Twilio error 30007", CustomerEvent.Receipt::detail)
                .returns(ANA, CustomerEvent.Receipt::lane);
        assertThat(twilio.delivered()).isEmpty();
    }

    @Test
    void whatsappWindowOpensWithTheCustomersWordAndCloses() throws Exception {
        whatsapp();
        String address = "whatsapp:" + ANA;
        twilio.customerWrites(account.callback(), ANA, "hi");
        CustomerEvent.MessageReceived message = (CustomerEvent.MessageReceived) next();
        assertThat(message.lane()).isEqualTo(address);
        assertThat(message.sender().identities()).containsExactly(new Identity("phone", ANA, true));
        String sid = send(address, new Part.Text("hello"));
        receipt(sid);
        receipt(sid);
        assertThat(receipt(sid).status()).isEqualTo(Status.DELIVERED);
        twilio.customerReads(sid);
        assertThat(receipt(sid).status()).isEqualTo(Status.READ);
        twilio.closeWindow(ANA);
        String late = send(address, new Part.Text("too late"));
        receipt(late);
        assertThat(receipt(late).reason()).isEqualTo(Reason.WINDOW_CLOSED);
    }

    @Test
    void whatsappUserWithoutANumberIsAnswered() throws Exception {
        whatsapp();
        twilio.customerSends(
                account.callback(), "DE.88123", "Yes", Map.of("ButtonPayload", "yes", "ButtonText", "Yes"));
        CustomerEvent.MessageReceived message = (CustomerEvent.MessageReceived) next();
        assertThat(message.sender().identities()).containsExactly(new Identity("whatsapp", "DE.88123", true));
        assertThat(message.parts()).containsExactly(new Part.ChoiceMade("yes", "Yes"));
        send(message.sender().address(), new Part.Text("fine"));
        assertThat(twilio.delivered()).singleElement().returns("DE.88123", one -> one.customer());
    }

    @Test
    void listOfMessagesHasFiltersAndPages() throws Exception {
        for (int i = 0; i < 5; i++) {
            twilio.customerWrites(account.callback(), ANA, "n" + i);
        }
        String sid = send(ANA, new Part.Text("answer"));
        String base = "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json";
        JsonNode first = list(base + "?To=%2B15550100&DateSent%3E=2020-01-01&PageSize=2");
        assertThat(first.path("messages").findValuesAsText("body")).containsExactly("n4", "n3");
        JsonNode second = list(first.path("next_page_uri").asText());
        assertThat(second.path("messages").findValuesAsText("body")).containsExactly("n2", "n1");
        assertThat(list(second.path("next_page_uri").asText())
                        .path("next_page_uri")
                        .isNull())
                .isTrue();
        assertThat(list(base + "?To=%2B15550100&DateSent%3C=2020-01-01").path("messages"))
                .isEmpty();
        assertThat(list(base + "?From=%2B15550100").path("messages").findValuesAsText("sid"))
                .containsExactly(sid);
        assertThat(list(base.replace(".json", "/" + sid + ".json")).path("body").asText())
                .isEqualTo("answer");
        assertThat(list(base + "?DateSent=nonsense").path("code").asInt()).isEqualTo(20001);
    }

    private JsonNode list(String path) throws Exception {
        HttpCall call = HttpCall.get(URI.create(twilio.baseUrl() + path))
                .basic(account.get(TwilioAccount.ACCOUNT_SID), account.get(TwilioAccount.AUTH_TOKEN));
        return transport.http(call).json();
    }

    private void whatsapp() {
        twilio.close();
        twilio = new TwilioSimulator(0, "whatsapp:+15550100");
        account = account();
    }

    private Account account() {
        return TwilioAccounts.account(publicUrl(), twilio.settings());
    }

    private String publicUrl() {
        return "http://127.0.0.1:" + gateway.getAddress().getPort();
    }

    private static Request request() {
        return TwilioAccounts.post("", new byte[0], Map.of());
    }

    private String send(String to, Part part) {
        Outcome outcome = connector.send(
                account,
                new Outbound.ToCustomer("k", "m", "c", to, List.of(part), null, null, List.of(), null, false),
                transport);
        return String.valueOf(((Outcome.Sent) outcome).externalId());
    }

    private CustomerEvent.Receipt receipt(String sid) throws InterruptedException {
        CustomerEvent.Receipt receipt = (CustomerEvent.Receipt) next();
        assertThat(receipt.externalId()).isEqualTo(sid);
        return receipt;
    }

    private Event next() throws InterruptedException {
        Event event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("an event within 10 s").isNotNull();
        return java.util.Objects.requireNonNull(event);
    }

    /** What the gateway does with a webhook, in short. */
    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            headers.keySet().retainAll(connector.headers());
            URI uri = exchange.getRequestURI();
            Request request = new Request(
                    Request.Origin.RECEIVED,
                    exchange.getRequestMethod(),
                    uri.getRawPath(),
                    uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                    headers,
                    exchange.getRequestBody().readAllBytes(),
                    TwilioAccounts.NOW);
            int status = 200;
            try {
                events.addAll(connector.read(account, connector.verify(account, request)));
            } catch (AuthenticationFailed e) {
                status = e.status();
            } catch (io.dragoman.connector.MalformedPayload e) {
                status = 599;
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
