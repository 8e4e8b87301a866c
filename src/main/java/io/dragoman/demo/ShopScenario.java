// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import io.dragoman.simulator.shopify.ShopOrder;
import io.dragoman.simulator.shopify.ShopifySimulator;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import java.time.Instant;
import java.util.List;

/** Emma bought in the shop before she ever wrote, and asks where her order is. */
final class ShopScenario {
    private static final String EMMA = "+4915155501010";
    private static final String QUESTION = "Hi! Where is my order?";
    private static final Instant MADE = Instant.parse("2026-01-02T10:00:00Z");
    private static final String PARCEL = "https://parcel.example/1Z2345";

    private final DemoScript script;
    private final ShopifySimulator shop;
    private final WhatsAppSimulator whatsapp;

    ShopScenario(DemoScript script) {
        this.script = script;
        this.shop = script.environment.shop;
        this.whatsapp = script.environment.whatsapp;
    }

    void run() {
        ShopOrder order = new ShopOrder(820982911946154508L, "#1001", MADE, MADE, "49.90", null, EMMA, null);
        script.print("Shop. Emma buys something, and the shop tells of it: order #1001, paid");
        int told = shop.tells(script.callback(DemoEnvironment.SHOP), "orders/create", order);
        script.expect("the gateway takes the shop's webhook", 200, () -> told);
        script.print("  the order is shipped, but that webhook gets lost");
        shop.has(order.shipped(PARCEL, MADE.plusSeconds(7200)));
        script.print("  Emma writes by WhatsApp, for the first time: " + QUESTION);
        whatsapp.named(EMMA, "Emma");
        whatsapp.customerWrites(script.callback(DemoEnvironment.WHATSAPP), EMMA, QUESTION);
        script.expectAtDesk("Emma", QUESTION);
        script.expect(
                "Emma's order was looked up, and her phone shows how far it is",
                List.of("Order #1001 is shipped. " + PARCEL),
                () -> DemoScript.received(whatsapp, EMMA));
        script.print("  Emma's phone shows: " + String.join(" | ", DemoScript.received(whatsapp, EMMA)));
    }
}
