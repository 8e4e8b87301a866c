// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.model.Part;
import io.dragoman.model.Words;

/** What agents read of a file beside its bytes. */
public final class FileText {
    private FileText() {}

    /** Its name, or what kind of file it is. */
    public static String title(Part.Media media) {
        String name = media.fileName();
        return name == null || name.isBlank() ? Words.of(media.media()) : name;
    }

    /** That it will never be there, and why. */
    public static String missing(Part.Media media) {
        String size = media.size() == null ? "" : " (" + SizeText.of(media.size()) + ")";
        return title(media) + size + ": this file could not be taken over: " + media.missing() + ".";
    }
}
