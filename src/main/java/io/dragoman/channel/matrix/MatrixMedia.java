// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches media from our own homeserver, whichever server has it: the name of that one comes from a stranger and is never
 * asked, it is an element of the path.
 */
record MatrixMedia(ApiClient api) {
    private static final long LARGEST = 100L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int REDIRECTS = 2;
    private static final Pattern ADDRESS =
            Pattern.compile("mxc://([A-Za-z0-9.:\\[\\]-]{1,255})/([A-Za-z0-9_=-]{1,255})");

    /** A homeserver that has no call for whoever is logged in, as before version 1.11. */
    private static final Outcome OLD = new Outcome.Refused(Reason.UNSUPPORTED, "the homeserver is older than 1.11");

    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    Outcome fetch(Part.Media media) {
        Matcher address = ADDRESS.matcher(String.valueOf(media.source()));
        if (!address.matches()) {
            return MediaDownload.noAddress();
        }
        Outcome outcome = fetch("/_matrix/client/v1/media/download/", address, media);
        return outcome == OLD ? fetch("/_matrix/media/v3/download/", address, media) : outcome;
    }

    private Outcome fetch(String path, Matcher address, Part.Media media) {
        HttpCall call = api.get(path + MatrixId.inPath(address.group(1)) + "/" + address.group(2))
                .timeout(PATIENCE)
                .follow(REDIRECTS);
        return MediaDownload.fetch(call, LARGEST, media.fileName(), api.transport(), MatrixMedia::refused);
    }

    private static Outcome refused(Response answer) {
        if (ErrorTable.code(answer).equals("M_UNRECOGNIZED")) {
            return OLD;
        }
        return MediaDownload.isGone(answer)
                ? new Outcome.Refused(Reason.MEDIA_REFUSED, "the homeserver does not have the file")
                : ErrorTable.refusal(answer);
    }
}
