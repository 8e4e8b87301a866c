// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Event;
import io.dragoman.model.Ignored;
import java.util.List;
import java.util.Optional;

/**
 * What a side of the gateway reads in one element of a webhook.
 *
 * @param <E> that side's events
 */
public interface ElementReader<E extends Event> {
    /** The events; empty where the element is none of those that the profile names. */
    Optional<List<E>> read(Element element) throws MalformedPayload;

    /** The same event as one of this side's. */
    E ignored(Ignored event);
}
