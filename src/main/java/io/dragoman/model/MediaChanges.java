// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import io.dragoman.model.Part.Media;
import org.jspecify.annotations.Nullable;

/** The same {@link Media} with something changed, as on its way through the gateway. */
public sealed interface MediaChanges permits Media {
    /** Under its id in the store, without the way it was fetched. */
    default Media stored(String id) {
        Media it = (Media) this;
        return new Media(it.media(), it.mimeType(), it.fileName(), it.size(), null, id, null, it.voice());
    }

    /** As a voice message or not. */
    default Media voice(boolean voice) {
        Media it = (Media) this;
        return new Media(it.media(), it.mimeType(), it.fileName(), it.size(), it.source(), it.id(), it.url(), voice);
    }

    /** Under another name. */
    default Media named(@Nullable String fileName) {
        Media it = (Media) this;
        return new Media(it.media(), it.mimeType(), fileName, it.size(), it.source(), it.id(), it.url(), it.voice());
    }

    /** Which nobody will ever have: {@code why} says why not. */
    default Media missing(String why) {
        Media it = (Media) this;
        return new Media(it.media(), it.mimeType(), it.fileName(), it.size(), null, it.id(), null, it.voice(), why);
    }

    /** With a link that the receiver can open. */
    default Media linked(String url) {
        Media it = (Media) this;
        return new Media(it.media(), it.mimeType(), it.fileName(), it.size(), null, it.id(), url, it.voice());
    }
}
