// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.instagram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.meta.MessagingSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Instagram with one professional account. A customer is any word, which is their id for that account. */
public final class InstagramSimulator extends MessagingSimulator {
    private static final String INSTAGRAM_ID = "17841400000000001";

    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private volatile String newest = ACCESS_TOKEN;

    /** Starts on a port; 0 takes any free one. */
    public InstagramSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public InstagramSimulator(int port, Clock clock) {
        super(port, clock, "instagram", INSTAGRAM_ID, 1000);
        tokens.add(ACCESS_TOKEN);
        start();
    }

    @Override
    public String kind() {
        return "instagram";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "instagramId", INSTAGRAM_ID,
                "accessToken", ACCESS_TOKEN,
                "appSecret", APP_SECRET,
                "verifyToken", VERIFY_TOKEN,
                "baseUrl", baseUrl().toString());
    }

    /** Tells that a customer read a message and all before it. */
    public int reads(URI callback, String customer, String mid) {
        return happens(callback, customer, "read", object().put("mid", mid));
    }

    @Override
    public void receipts(URI callback, Delivered message) {
        reads(callback, message.customer(), message.id());
    }

    /** A customer writes below a post; {@code parent} is the comment that it answers. Returns its id. */
    public String customerComments(URI callback, String customer, String text, @Nullable String parent) {
        String id = Long.toString(ids().next());
        ObjectNode value = object().put("id", id).put("text", text);
        value.putObject("from").put("id", customer).put("username", customer);
        value.putObject("media").put("id", "900").put("media_product_type", "FEED");
        if (parent != null) {
            value.put("parent_id", parent);
        }
        if (writesInPublic(callback, customer, id, "comments", value) / 100 != 2) {
            throw new IllegalStateException("the callback did not take the comment");
        }
        return id;
    }

    /** No access token that it gave until now holds any more, but for the last. */
    public void expireOlderTokens() {
        tokens.removeIf(token -> !token.equals(newest));
    }

    /** Nor that. */
    public void expireTokens() {
        tokens.clear();
    }

    /** Renews an access token of Instagram Login: the older one holds until its end, too. */
    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        if (!request.path().equals("/refresh_access_token")) {
            return super.handle(request);
        }
        UrlEncoded query = UrlEncoded.read(request.uri().getRawQuery());
        if (!query.get("grant_type").equals("ig_refresh_token")) {
            return error(400, 100, 0, "Invalid parameter: grant_type");
        }
        if (!holds(query.get("access_token"))) {
            return error(400, 190, 463, "Error validating access token: Session has expired");
        }
        newest = "IGAA-renewed-" + ids().next();
        tokens.add(newest);
        return SimulatorResponse.json(
                200,
                object().put("access_token", newest).put("token_type", "bearer").put("expires_in", 5_183_944));
    }

    @Override
    protected boolean holds(String token) {
        return tokens.contains(token);
    }

    @Override
    protected String newId() {
        byte[] id = Long.toString(ids().next()).getBytes(StandardCharsets.US_ASCII);
        return "aWdfZAG1faXRlbT" + Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
