// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a provider says when it is asked whether it has what we perhaps sent. */
public sealed interface DeliveryLookup {

    /** It has it: the attempt succeeded, and this is the provider's id for what was sent. */
    record Found(String externalId) implements DeliveryLookup {}

    /** It surely does not have it, and will not get it from that attempt any more: sending again doubles nothing. */
    record Absent() implements DeliveryLookup {}

    /**
     * It cannot be told.
     *
     * @param detail why, for the operator: never content, address or secret
     * @param later how soon asking again may tell more; null when it never will
     */
    record Unknown(String detail, @Nullable Duration later) implements DeliveryLookup {}
}
