/** What pages and pictures are coloured with, in light and dark: to stand in `:root`. */
export const COLOURS = `color-scheme: light dark;
  --back: light-dark(#f3f5f7, #0e1217); --card: light-dark(#fff, #171d24); --line: light-dark(#d8dee5, #313b46);
  --edge: light-dark(#7c8894, #71808e); --text: light-dark(#1b232c, #e7ebef); --soft: light-dark(#55606c, #9fabb7);
  --rail: light-dark(#e9edf1, #242c35); --main: light-dark(#0f7173, #3fb5b0); --on-main: light-dark(#fff, #0b1417);
  --green: light-dark(#1d7f4d, #43b77c); --amber: light-dark(#9a5f00, #f0b040); --red: light-dark(#c02e27, #f47a72);
  --blue: light-dark(#2c66b8, #6aa5f0); --violet: light-dark(#7444b8, #b48cf0); --pale: light-dark(#b3bdc7, #566270);`
