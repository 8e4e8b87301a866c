// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A shop of Shopify's: orders that are told by webhook, {@code X-Shopify-Hmac-Sha256} and all, and the query
 * {@code customers} of its GraphQL Admin API by mail address or phone number. Errors of a query come with status 200.
 * Nobody writes here: {@link #customerWrites} is refused. Thread-safe.
 */
public final class ShopifySimulator extends HttpSimulator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHOP = "example-shop.myshopify.com";
    private static final String SECRET = "simulated-client-secret";
    private static final String TOKEN = "shpat_simulated";
    private static final Pattern PATH = Pattern.compile("/admin/api/20\\d\\d-\\d\\d/graphql\\.json");
    private static final Pattern SEARCH = Pattern.compile("(email|phone):\"([^\"]+)\"");

    private final Map<Long, ShopOrder> orders = new ConcurrentHashMap<>();

    /** @param port 0 for any free one */
    public ShopifySimulator(int port) {
        super(port, Clock.systemUTC());
        start();
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("profile", "shopify");
        settings.put("shop", SHOP);
        settings.put("clientSecret", SECRET);
        settings.put("accessToken", TOKEN);
        settings.put("baseUrl", baseUrl().toString());
        return settings;
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        throw new UnsupportedOperationException("nobody writes to a shop");
    }

    /** The shop has an order, new or changed, and tells nobody. */
    public void has(ShopOrder order) {
        orders.put(order.id(), order);
    }

    /** It has one and tells {@code callback} of it, by a topic such as {@code orders/create}. Returns the status. */
    public int tells(URI callback, String topic, ShopOrder order) {
        has(order);
        return posts(callback, topic, order.webhook());
    }

    /** A customer of the shop wants to be forgotten. Returns the status. */
    public int redacts(URI callback, @Nullable String email, @Nullable String phone) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("shop_domain", SHOP);
        body.putObject("customer").put("email", email).put("phone", phone);
        body.putArray("orders_to_redact");
        return posts(callback, "customers/redact", body);
    }

    private int posts(URI callback, String topic, ObjectNode json) {
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        String hash = HmacSigner.base64("HmacSHA256", HmacSigner.utf8(SECRET), body);
        return post(
                callback,
                "application/json",
                body,
                Map.of(
                        "X-Shopify-Topic", topic,
                        "X-Shopify-Shop-Domain", SHOP,
                        "X-Shopify-Webhook-Id", "webhook-" + ids().next(),
                        "X-Shopify-Hmac-Sha256", hash));
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        if (!PATH.matcher(request.path()).matches() || !request.method().equals("POST")) {
            return SimulatorResponse.json(404, "{\"errors\":\"Not Found\"}");
        }
        if (!request.header("X-Shopify-Access-Token").equals(TOKEN)) {
            return SimulatorResponse.json(
                    401,
                    "{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong password)\"}");
        }
        JsonNode asked = JSON.readTree(request.body());
        Matcher search = SEARCH.matcher(asked.at("/variables/of").asText());
        if (!asked.path("query").asText().contains("customers(first: 1, query: $of)") || !search.matches()) {
            return SimulatorResponse.json(200, "{\"errors\":[{\"message\":\"Parse error\"}]}");
        }
        return SimulatorResponse.json(200, customers(search.group(1).equals("email"), search.group(2)));
    }

    private ObjectNode customers(boolean byEmail, String address) {
        List<ShopOrder> theirs = orders.values().stream()
                .filter(one -> address.equalsIgnoreCase(
                        Optional.ofNullable(byEmail ? one.email() : one.phone()).orElse("")))
                .sorted(Comparator.comparing(ShopOrder::createdAt).reversed())
                .toList();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode nodes = answer.putObject("data").putObject("customers").putArray("nodes");
        if (!theirs.isEmpty()) {
            ObjectNode customer = nodes.addObject();
            customer.putArray("tags").add("regular");
            customer.put("numberOfOrders", String.valueOf(theirs.size()));
            customer.putObject("amountSpent").put("amount", "49.90").put("currencyCode", "EUR");
            ArrayNode list = customer.putObject("orders").putArray("nodes");
            theirs.forEach(one -> list.add(one.node()));
        }
        return answer;
    }
}
