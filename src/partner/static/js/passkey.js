// Says in words when a passkey could not be used; the page's own way of signing in stays as it is.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const trouble = document.getElementById("passkey-trouble");
  if (trouble) {
    trouble.hidden = false;
  }
});
