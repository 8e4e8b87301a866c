// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.messenger;

import io.dragoman.simulator.meta.MessagingSimulator;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/** Messenger with one page. A customer is any word, which is their id on that page. */
public final class MessengerSimulator extends MessagingSimulator {
    private static final String PAGE_ID = "106540352242933";

    /** Starts on a port; 0 takes any free one. */
    public MessengerSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public MessengerSimulator(int port, Clock clock) {
        super(port, clock, "page", PAGE_ID, 2000);
        start();
    }

    @Override
    public String kind() {
        return "messenger";
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

    /** Tells that a customer got, or read, all that was sent until a time. */
    public int reached(URI callback, String customer, String what, long watermark) {
        return happens(callback, customer, what, object().put("watermark", watermark));
    }

    /** Tells that a customer got one message. */
    public int delivered(URI callback, String customer, String mid) {
        var content = object().put("watermark", System.currentTimeMillis());
        content.putArray("mids").add(mid);
        return happens(callback, customer, "delivery", content);
    }

    @Override
    public void receipts(URI callback, Delivered message) {
        delivered(callback, message.customer(), message.id());
        reached(callback, message.customer(), "read", System.currentTimeMillis());
    }

    /** A customer taps a button of a template or of the page's menu. */
    public int customerTaps(URI callback, String customer, String payload, String title) {
        return happens(
                callback,
                customer,
                "postback",
                object().put("mid", newId()).put("title", title).put("payload", payload));
    }

    @Override
    protected String newId() {
        return "m_" + Long.toString(ids().next(), 36);
    }
}
