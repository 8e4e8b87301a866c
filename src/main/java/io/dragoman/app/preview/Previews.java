// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.preview;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.model.Part;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Previews on the channels that are configured now. Thread-safe.
 *
 * @param channels the channel of an id
 */
public record Previews(Function<String, Optional<ConfiguredAccount>> channels) {
    /** How a message will look; empty when there is no such channel. See {@link MessagePreview#of}. */
    public Optional<MessagePreview> preview(String channel, List<Part> parts, Optional<String> address) {
        return channels.apply(channel).map(configured -> MessagePreview.of(configured, parts, address));
    }
}
