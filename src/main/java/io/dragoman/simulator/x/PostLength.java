// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.x;

import java.text.Normalizer;

/** How X counts a post; without the emoji that it joins, each piece of which counts here. */
final class PostLength {
    static final int MOST = 280;

    private PostLength() {}

    static int of(String text) {
        String brief = Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll(
                        "https?://[\\w.-]+\\.(com|net|org|de|io|example)\\b[\\w/%?&=.~+-]*", "0123456789012345678901x");
        int[][] light = {{0, 4351}, {8192, 8205}, {8208, 8223}, {8242, 8247}};
        return brief.codePoints()
                .map(point -> {
                    for (int[] range : light) {
                        if (point >= range[0] && point <= range[1]) {
                            return 1;
                        }
                    }
                    return 2;
                })
                .sum();
    }
}
