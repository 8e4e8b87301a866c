// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes an attachment of what the command line names; the file need not exist. */
final class SampleAttachment {
    private static final Pattern TYPE = Pattern.compile("(image|audio|video|application|text)/[a-z0-9.+-]{1,80}");

    private SampleAttachment() {}

    /** Of a file, by its name and size, or of a MIME type alone. */
    static Part.Media of(String named) {
        Long size = size(named);
        if (size == null && TYPE.matcher(named).matches()) {
            return Part.Media.incoming(MediaKind.of(named), named, null, null, "try");
        }
        String type = URLConnection.guessContentTypeFromName(named);
        String name = named.substring(1 + Math.max(named.lastIndexOf('/'), named.lastIndexOf('\\')));
        return Part.Media.incoming(MediaKind.of(type == null ? "" : type), type, name, size, "try");
    }

    private static @Nullable Long size(String named) {
        try {
            return Files.size(Path.of(named));
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }
}
