// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.facebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.meta.MessagingSimulator;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is public on a Facebook page. A customer is any word, which is their id for that page. */
public final class FacebookSimulator extends MessagingSimulator {
    private static final String PAGE_ID = "106540352242944";

    private volatile @Nullable URI commentsTo;

    /** Starts on a port; 0 takes any free one. */
    public FacebookSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public FacebookSimulator(int port, Clock clock) {
        super(port, clock, "page", PAGE_ID, 2000);
        start();
    }

    @Override
    public String kind() {
        return "facebook";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "pageId", PAGE_ID,
                "accessToken", ACCESS_TOKEN,
                "appSecret", APP_SECRET,
                "verifyToken", VERIFY_TOKEN,
                "baseUrl", baseUrl().toString());
    }

    /** A customer writes a comment on a post of the page's. */
    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return comments(callback, customer, PAGE_ID + "_" + ids().next(), text, null);
    }

    /** A customer writes a comment with an id; {@code parent} is the comment that it answers. */
    public int comments(URI callback, String customer, String id, String text, @Nullable String parent) {
        return writesInPublic(callback, customer, id, "feed", comment(customer, id, text, parent));
    }

    /** The page itself answers below a comment, on Facebook. */
    public int pageComments(URI callback, String parent, String text) {
        return comments(callback, PAGE_ID, PAGE_ID + "_" + ids().next(), text, parent);
    }

    /** From now on the webhook tells what is written by the API too, before the API answers. */
    public void commentsTo(URI callback) {
        commentsTo = callback;
    }

    @Override
    protected void answered(String root, String id, String text) {
        URI callback = commentsTo;
        if (callback != null) {
            comments(callback, PAGE_ID, id, text, root);
        }
    }

    private ObjectNode comment(String customer, String id, String text, @Nullable String parent) {
        String post = PAGE_ID + "_1";
        ObjectNode value = object().put("item", "comment")
                .put("verb", "add")
                .put("post_id", post)
                .put("comment_id", id)
                .put("parent_id", parent == null ? post : parent)
                .put("message", text)
                .put("created_time", System.currentTimeMillis() / 1000);
        value.putObject("from").put("id", customer).put("name", "Customer " + customer);
        return value;
    }

    @Override
    protected String newId() {
        return "m_" + Long.toString(ids().next(), 36);
    }
}
