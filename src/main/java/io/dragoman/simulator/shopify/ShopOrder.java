// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.shopify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as the shop has it.
 *
 * @param email of the customer; null for none, as with {@code phone}
 * @param tracking where its parcel is seen; null before it is shipped
 */
public record ShopOrder(
        long id,
        String name,
        Instant createdAt,
        Instant updatedAt,
        String total,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String tracking) {

    /** The same after it was shipped. */
    public ShopOrder shipped(String link, Instant now) {
        return new ShopOrder(id, name, createdAt, now, total, email, phone, link);
    }

    /** As webhooks have it. */
    ObjectNode webhook() {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("id", id).put("admin_graphql_api_id", "gid://shopify/Order/" + id);
        order.put("name", name).put("email", email).put("phone", phone);
        order.put("created_at", createdAt.toString()).put("updated_at", updatedAt.toString());
        order.putNull("cancelled_at").put("financial_status", "paid").put("currency", "EUR");
        order.put("fulfillment_status", tracking == null ? null : "fulfilled").put("total_price", total);
        order.put("order_status_url", "https://shop.example/orders/" + id);
        order.putObject("customer").put("email", email).put("phone", phone);
        if (tracking != null) {
            order.putArray("fulfillments")
                    .addObject()
                    .put("tracking_url", tracking)
                    .putNull("shipment_status");
        }
        return order;
    }

    /** As the Admin API has it. */
    ObjectNode node() {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("legacyResourceId", String.valueOf(id)).put("name", name);
        order.put("createdAt", createdAt.toString()).put("updatedAt", updatedAt.toString());
        order.putNull("cancelledAt").put("displayFinancialStatus", "PAID");
        order.put("displayFulfillmentStatus", tracking == null ? "UNFULFILLED" : "FULFILLED");
        order.put("statusPageUrl", "https://shop.example/orders/" + id);
        order.putObject("totalPriceSet")
                .putObject("shopMoney")
                .put("amount", total)
                .put("currencyCode", "EUR");
        if (tracking != null) {
            ObjectNode parcel = order.putArray("fulfillments").addObject().put("displayStatus", "IN_TRANSIT");
            parcel.putArray("trackingInfo").addObject().put("url", tracking).putNull("number");
        }
        return order;
    }
}
