"""Single sign-on (OpenID Connect): whoever comes is believed only by a signed token, and only if known."""
