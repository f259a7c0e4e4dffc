// Control words and the Unicode characters they stand for, shared by HTML, plain text and formulas.

function table(pairs: string): Map<string, string> {
  const map = new Map<string, string>();
  const words = pairs.trim().split(/\s+/);
  for (let at = 0; at + 1 < words.length; at += 2) {
    map.set(words[at] as string, words[at + 1] as string);
  }
  return map;
}

export const GREEK = table(`
  alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
  kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ
  varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ
  Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν
  Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω
  varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varPhi Φ varPsi Ψ
  varOmega Ω upmu μ eps ε
`);

/** Relations and arrows: plain text puts a space on both sides of them. */
export const RELATIONS = table(`
  leq ≤ le ≤ leqslant ⩽ leqq ≦ geq ≥ ge ≥ geqslant ⩾ geqq ≧ lt < gt > ll ≪ gg ≫ lll ⋘ ggg ⋙
  neq ≠ ne ≠ equiv ≡ approx ≈ approxeq ≊ simeq ≃ cong ≅ propto ∝ varpropto ∝ asymp ≍ doteq ≐
  coloneqq ≔ coloneq ≔ triangleq ≜ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ prec ≺ succ ≻
  preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ precsim ≾ succsim ≿ in ∈ notin ∉ ni ∋ subset ⊂
  supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ Subset ⋐ sqsubseteq ⊑
  sqsupseteq ⊒ sqsubset ⊏ mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⟂ vdash ⊢ dashv ⊣ models ⊨
  vDash ⊨ Vdash ⊩ bowtie ⋈ ltimes ⋉ rtimes ⋊ trianglelefteq ⊴ trianglerighteq ⊵ lhd ⊲ rhd ⊳
  to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔
  implies ⟹ impliedby ⟸ iff ⟺ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷
  Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼ hookrightarrow ↪
  hookleftarrow ↩ twoheadrightarrow ↠ rightarrowtail ↣ rightharpoonup ⇀ rightharpoondown ⇁
  leftharpoonup ↼ rightleftharpoons ⇌ leftrightharpoons ⇋ rightleftarrows ⇄ leftrightarrows ⇆
  rightsquigarrow ⇝ leadsto ⇝ curvearrowright ↷ curvearrowleft ↶ nrightarrow ↛ nearrow ↗ searrow ↘
  swarrow ↙ nwarrow ↖ multimap ⊸ upharpoonright ↾ restriction ↾ nleq ≰ ngeq ≱ ncong ≇ eqsim ≂
  because ∵ therefore ∴ between ≬ pitchfork ⋔ smile ⌣ frown ⌢ dashrightarrow ⇢
`);

/** Operators between two terms: the source decides whether spaces surround them. */
export const OPERATORS = table(`
  times × pm ± mp ∓ cdot · div ÷ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘
  odot ⊙ boxtimes ⊠ boxplus ⊞ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ wedge ∧ land ∧ lor ∨
  setminus ∖ smallsetminus ∖ wr ≀ amalg ⨿ dagger † ddagger ‡ diamond ⋄ triangleleft ◁
  triangleright ▷ bigtriangleup △ bigtriangledown ▽ veebar ⊻ barwedge ⊼ curlyvee ⋎ curlywedge ⋏
  circledast ⊛ circledcirc ⊚ ltimes ⋉ rtimes ⋊ sim ~
`);

const SIGNS = table(`
  infty ∞ partial ∂ nabla ∇ forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ aleph ℵ beth ℶ
  gimel ℷ hbar ℏ hslash ℏ ell ℓ wp ℘ Re ℜ Im ℑ imath ı jmath ȷ prime ′ backprime ‵ top ⊤ bot ⊥
  neg ¬ lnot ¬ angle ∠ measuredangle ∡ triangle △ square □ Box □ blacksquare ■ Diamond ◇ lozenge ◊
  blacklozenge ⧫ bigstar ★ flat ♭ natural ♮ sharp ♯ clubsuit ♣ diamondsuit ♢ heartsuit ♡
  spadesuit ♠ checkmark ✓ cmark ✓ xmark ✗ surd √ complement ∁ eth ð mho ℧ sum ∑ prod ∏ coprod ∐
  int ∫ iint ∬ iiint ∭ oint ∮ bigcap ⋂ bigcup ⋃ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂
  bigodot ⨀ biguplus ⨄ bigsqcup ⨆ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace {
  rbrace } lbrack [ rbrack ] vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ uparrow ↑ downarrow ↓
  updownarrow ↕ Uparrow ⇑ Downarrow ⇓ circlearrowleft ↺ circlearrowright ↻ colon : dots … ldots …
  cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ dotsm ⋯ dotsi ⋯ dotso … degree ° celsius °C
  textdegree ° micro µ textmu µ Bbbk 𝕜 hearts ♡ llbracket ⟦ rrbracket ⟧ ulcorner ⌜ urcorner ⌝
  backslash \\ slash / sun ☉ astrosun ☉ Sun ☉ earth ♁ oplus ⊕ blacktriangle ▲ vartriangle △
  circledR ® ltri ◁ Euro € euro € square □ qed ∎ permil ‰ perthousand ‰ ohm Ω Angstrom Å angstrom Å
`);

/** Letters and signs of running text. */
export const TEXT_SIGNS = new Map([
  ['etal', 'et al.'],
  ...table(`
  S § P ¶ dag † ddag ‡ copyright © textcopyright © pounds £ textsterling £ texteuro € texttrademark ™
  textregistered ® textendash – textemdash — textbullet • textellipsis … textperiodcentered ·
  textasciitilde ~ textasciicircum ^ textasciigrave \` textbackslash \\ textunderscore _
  textquotesingle ' textquotedbl " textquoteleft ‘ textquoteright ’ textquotedblleft “
  textquotedblright ” quotesinglbase ‚ quotedblbase „ guillemotleft « guillemotright »
  guillemetleft « guillemetright » guilsinglleft ‹ guilsinglright › flqq « frqq » glqq „ grqq “
  glq ‚ grq ‘ lq ‘ rq ’ textless < textgreater > textbar | textbraceleft { textbraceright }
  textdollar $ textexclamdown ¡ textquestiondown ¿ textsection § textparagraph ¶ textdagger †
  textdaggerdbl ‡ textpertenthousand ‱ textperthousand ‰ textordmasculine º textordfeminine ª
  texttimes × textdiv ÷ textpm ± textonehalf ½ textonequarter ¼ textthreequarters ¾
  textonesuperior ¹ texttwosuperior ² textthreesuperior ³ textrightarrow → textleftarrow ←
  textuparrow ↑ textdownarrow ↓ textohm Ω textyen ¥ textcent ¢ textminus − textvisiblespace ␣
  LaTeX LaTeX TeX TeX LaTeXe LaTeX2ε BibTeX BibTeX XeTeX XeTeX eg e.g. ie i.e. etc etc.
  cf cf. wrt w.r.t. aka a.k.a. iid i.i.d. vs vs. and , percent %
`),
]);

/** Letters of names: TeX swallows the blanks after them, `J\o rgensen`. */
export const LETTERS = table(`
  ss ß SS ẞ o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ th þ TH Þ dh ð DH Ð dj đ DJ Đ ng ŋ
  NG Ŋ
`);

/** Functions written upright, which plain text keeps as words. */
export const FUNCTIONS = new Set(
  `log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan min max inf sup lim
  liminf limsup det dim ker deg gcd hom arg Pr argmin argmax tr rank diag sgn sign poly polylog span
  supp mod bmod softmax`
    .trim()
    .split(/\s+/),
);

const MATH_SIGNS = new Map([...GREEK, ...RELATIONS, ...OPERATORS, ...SIGNS]);

/** The character of a mathematical control word, without its backslash. */
export function findMathSign(name: string): string | undefined {
  return MATH_SIGNS.get(name);
}

const DOUBLE_STRUCK: Record<string, string> = {
  C: 'ℂ',
  H: 'ℍ',
  N: 'ℕ',
  P: 'ℙ',
  Q: 'ℚ',
  R: 'ℝ',
  Z: 'ℤ',
};

/** Blackboard letters that every text font has; others stay plain. */
export function findDoubleStruck(letter: string): string {
  return DOUBLE_STRUCK[letter] ?? letter;
}
