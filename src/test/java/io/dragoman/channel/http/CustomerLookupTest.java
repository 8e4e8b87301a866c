// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.CustomerLookup.Answer;
import io.dragoman.connector.PlainTransport;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Identity;
import io.dragoman.simulator.hubspot.HubSpotSimulator;
import io.dragoman.simulator.salesforce.SalesforceSimulator;
import io.dragoman.simulator.shopify.ShopOrder;
import io.dragoman.simulator.shopify.ShopifySimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shipped profiles that look customers up, against simulators. */
final class CustomerLookupTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Identity ANA = new Identity("email", "ana@example.org", true);
    /** Behind it there is no room for what a reader sees as one character. */
    private static final String LONG = "x".repeat(999);

    private static final Identity EVE = new Identity("email", "eve@example.org", true);

    @Test
    void shopifyShouldTellOrdersByMailAddressAndByNumber() {
        try (ShopifySimulator shop = new ShopifySimulator(0)) {
            Instant at = Instant.parse("2026-11-20T10:00:00Z");
            shop.has(new ShopOrder(1, "#1", at, at, "10.00", "ana@example.org", null, null));
            shop.has(new ShopOrder(2, "#2", at.plusSeconds(60), at, "20.00", "ana@example.org", "+4915155501010", null)
                    .shipped("https://parcel.example/2", at.plusSeconds(90)));
            Answer.Found found = (Answer.Found) ask("shopify", shop.settings(), ANA);
            assertThat(found.attributes()).containsEntry("shop-orders", "2").containsEntry("shop-tags", "regular");
            assertThat(found.orders()).extracting(CustomerOrder::number).containsExactly("#2", "#1");
            assertThat(found.orders()).extracting(CustomerOrder::status).containsExactly("shipped", "paid");
            assertThat(found.orders().get(0).tracking()).isEqualTo("https://parcel.example/2");
            assertThat(((Answer.Found) ask("shopify", shop.settings(), new Identity("phone", "+4915155501010", true)))
                            .orders())
                    .hasSize(1);
            assertThat(ask("shopify", shop.settings(), EVE)).isInstanceOf(Answer.Unknown.class);
            assertThat(ask("shopify", shop.settings(), new Identity("email", "x\" OR email:\"ana@example.org", true)))
                    .as("what looks like their query language is none")
                    .isInstanceOf(Answer.Unknown.class);
            Map<String, String> wrong = new HashMap<>(shop.settings());
            wrong.put("accessToken", "another");
            assertThat(ask("shopify", wrong, ANA)).isInstanceOf(Answer.Failed.class);
            shop.answerNext(500, Map.of(), "{}");
            assertThat(ask("shopify", shop.settings(), ANA)).isEqualTo(new Answer.Failed("Shopify answered 500"));
        }
    }

    @Test
    void hubSpotShouldTellPropertiesOfOneContact() throws Exception {
        try (HubSpotSimulator crm = new HubSpotSimulator(0, Clock.systemUTC())) {
            crm.searchLag(Duration.ZERO);
            Map<String, String> settings = new HashMap<>(crm.settings());
            settings.put("properties", "firstname phone");
            send(
                    "POST",
                    settings.get("baseUrl") + "/crm/v3/objects/contacts",
                    settings.get("accessToken"),
                    "{\"properties\":{\"email\":\"ana@example.org\",\"firstname\":\"" + LONG
                            + "👍\",\"phone\":\"+4915155501010\"}}");
            Answer.Found found = (Answer.Found) ask("hubspot-crm", settings, ANA);
            assertThat(found.attributes()).isEqualTo(Map.of("firstname", LONG, "phone", "+4915155501010"));
            assertThat(ask("hubspot-crm", settings, new Identity("phone", "+4915155501010", true)))
                    .isInstanceOf(Answer.Found.class);
            assertThat(ask("hubspot-crm", settings, EVE)).isInstanceOf(Answer.Unknown.class);
            settings.put("accessToken", "another");
            assertThat(ask("hubspot-crm", settings, ANA)).isInstanceOf(Answer.Failed.class);
        }
    }

    @Test
    void salesforceShouldTellFieldsOfOneContact() throws Exception {
        try (SalesforceSimulator crm = new SalesforceSimulator(0, Clock.systemUTC())) {
            Map<String, String> settings = new HashMap<>(crm.settings());
            settings.put("fields", "LastName Phone");
            String token = token(settings);
            String contacts = settings.get("baseUrl") + "/services/data/v62.0/sobjects/Contact/Dragoman_Id__c/";
            send("PATCH", contacts + "p-1", token, "{\"LastName\":\"O'Hara\",\"Email\":\"o'hara@example.org\"}");
            Identity her = new Identity("email", "o'hara@example.org", true);
            assertThat(((Answer.Found) ask("salesforce-crm", settings, her)).attributes())
                    .containsEntry("LastName", "O'Hara");
            assertThat(ask("salesforce-crm", settings, EVE)).isInstanceOf(Answer.Unknown.class);
            settings.put("clientSecret", "another");
            assertThat(ask("salesforce-crm", settings, her)).isInstanceOf(Answer.Failed.class);
        }
    }

    private static Answer ask(String profile, Map<String, String> settings, Identity address) {
        HttpChannel channel = Profiles.shipped(profile);
        Account account = Profiles.account(channel, settings);
        assertThat(channel.askedBy(account)).containsExactlyInAnyOrder("email", "phone");
        return channel.ask(account, address, new PlainTransport());
    }

    private static String token(Map<String, String> settings) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(settings.get("tokenUrl")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id="
                                + settings.get("clientId") + "&client_secret=" + settings.get("clientSecret")))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return io.dragoman.model.Json.read(answer.body(), Map.class)
                .get("access_token")
                .toString();
    }

    private static void send(String method, String url, String token, String json) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }
}
