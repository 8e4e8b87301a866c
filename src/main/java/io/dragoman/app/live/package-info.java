// SPDX-License-Identifier: Apache-2.0
/** What happens now, for those who look at the gateway: told from the store, beside the work. */
@NullMarked
package io.dragoman.app.live;

import org.jspecify.annotations.NullMarked;
