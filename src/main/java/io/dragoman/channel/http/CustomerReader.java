// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Ignored;
import io.dragoman.profile.Element;
import io.dragoman.profile.ElementReader;
import io.dragoman.profile.InboundReader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook says of customers: their messages, and how far ours got.
 *
 * @param changes what customers did to messages; these are looked for first
 * @param message null where there are none
 * @param receipt null where there are none
 * @param order what a shop tells of orders; null where there are none
 * @param forget what a shop wants forgotten; null where there is none
 * @param notice what operators are told; null where there is none
 */
record CustomerReader(
        List<ChangeFields> changes,
        @Nullable MessageFields message,
        @Nullable ReceiptFields receipt,
        @Nullable OrderFields order,
        @Nullable OrderFields forget,
        @Nullable NoticeFields notice)
        implements ElementReader<CustomerEvent> {
    CustomerReader {
        changes = List.copyOf(changes);
    }

    @Override
    public Optional<List<CustomerEvent>> read(Element element) throws MalformedPayload {
        for (ChangeFields change : changes) {
            Optional<CustomerEvent> event = change.read(element);
            if (event.isPresent()) {
                return event.map(List::of);
            }
        }
        if (message != null && element.matches(message.when())) {
            return Optional.of(List.of(message.read(element)));
        }
        if (order != null && element.matches(order.when())) {
            return Optional.of(List.of(order.changed(element)));
        } else if (forget != null && element.matches(forget.when())) {
            return Optional.of(List.of(forget.forgotten(element)));
        } else if (notice != null && element.matches(notice.when())) {
            return Optional.of(List.of(notice.read(element)));
        }
        return receipt != null && element.matches(receipt.when())
                ? Optional.of(receipt.read(element))
                : Optional.empty();
    }

    /** What {@code media} finds at a place of a request, read again; empty where it is not there any more. */
    Optional<Object> file(InlineFile place, Request request, InboundReader<CustomerEvent> inbound) {
        try {
            List<Element> elements = inbound.elements(request);
            List<?> items = message == null || place.event() >= elements.size()
                    ? List.of()
                    : elements.get(place.event()).items(message.media());
            return place.item() < items.size() ? Optional.ofNullable(items.get(place.item())) : Optional.empty();
        } catch (MalformedPayload e) {
            return Optional.empty();
        }
    }

    @Override
    public CustomerEvent ignored(Ignored event) {
        return event;
    }
}
