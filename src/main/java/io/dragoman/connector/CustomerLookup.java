// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A channel's provider that can be asked what it knows of a customer: a CRM, or a shop. */
public interface CustomerLookup {
    /** The types of identity by which an account can ask; empty where it cannot. */
    Set<String> askedBy(Account account);

    /** How long an answer is good. */
    Duration age(Account account);

    /** How long a message waits for the answer. */
    Duration bound(Account account);

    /** Asks, once. Blocks. */
    Answer ask(Account account, Identity address, Transport transport);

    /** What came of asking. */
    sealed interface Answer {
        /** The address is known there. Its texts are the customer's: {@code toString} shows none. */
        record Found(Map<String, String> attributes, List<CustomerOrder> orders) implements Answer {
            public Found {
                attributes = Map.copyOf(attributes);
                orders = List.copyOf(orders);
            }

            @Override
            public String toString() {
                return "Found[…]";
            }
        }

        /** It is not. */
        record Unknown() implements Answer {}

        /**
         * Nobody can tell.
         *
         * @param why without anything of the customer's
         */
        record Failed(String why) implements Answer {}
    }
}
