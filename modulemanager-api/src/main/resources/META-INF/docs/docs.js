// The page's own session cookie authenticates "Try it out"; the validator badge would call an outside service.
SwaggerUIBundle({
  dom_id: '#api',
  url: '../q/openapi',
  validatorUrl: null,
  deepLinking: true,
  tryItOutEnabled: true,
});
