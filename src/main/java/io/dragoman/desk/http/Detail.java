// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Expression;
import org.jspecify.annotations.Nullable;

/**
 * What more is asked of each item of a list, page by page. Immutable.
 *
 * @param when of which items; null for all
 * @param once whether it stays as it is, so that what led to nothing new is not asked for again
 * @param next what the next page is asked by; null where there is one page
 * @param backwards whether the newest come first, so that the next page is the earlier one
 */
record Detail(
        CallTemplate request,
        @Nullable Expression when,
        boolean once,
        @Nullable Expression next,
        boolean backwards) {}
