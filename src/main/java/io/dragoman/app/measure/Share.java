// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.measure;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * So many of so many.
 *
 * @param rate from 0 to 1; null of none
 */
public record Share(
        long part,
        long of,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double rate) {
    static Share of(long part, long of) {
        return new Share(part, of, of == 0 ? null : (double) part / of);
    }
}
