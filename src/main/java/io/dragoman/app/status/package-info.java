// SPDX-License-Identifier: Apache-2.0
/** How the running gateway is: readiness, channels, figures. */
@NullMarked
package io.dragoman.app.status;

import org.jspecify.annotations.NullMarked;
