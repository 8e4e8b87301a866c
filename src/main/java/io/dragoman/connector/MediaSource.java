// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Part;

/** A channel or desk whose people's media is to be fetched, or taken out of the message that brought it. */
public interface MediaSource {

    /**
     * Fetches the bytes of one media item: {@link Outcome.Fetched}, or why not.
     *
     * @param origin the request that brought it
     */
    Outcome fetch(Account account, Part.Media media, Request origin, Transport transport);
}
