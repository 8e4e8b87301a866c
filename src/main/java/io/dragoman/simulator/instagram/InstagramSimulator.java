// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.instagram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.meta.MessagingSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Instagram with one professional account. A customer is any word, which is their id for that account. */
public final class InstagramSimulator extends MessagingSimulator {
    private static final String INSTAGRAM_ID = "17841400000000001";

    /** Starts on a port; 0 takes any free one. */
    public InstagramSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public InstagramSimulator(int port, Clock clock) {
        super(port, clock, "instagram", INSTAGRAM_ID, 1000);
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

    @Override
    protected String newId() {
        byte[] id = Long.toString(ids().next()).getBytes(StandardCharsets.US_ASCII);
        return "aWdfZAG1faXRlbT" + Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
