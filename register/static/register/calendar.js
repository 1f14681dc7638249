/* A calendar opens a moment after its field is entered. Who has left the field by then, tabbing on,
   would have it lie over the form until they click beside it. */
jQuery.fn.datetimepicker.defaults.onShow = (time, input) => input.is(":focus");
